"""WeChat's flat XML: one level of elements under `<xml>`, texts in CDATA.

Read by its own form, not by a parser of XML: whether the platform escapes a `]]>` that a customer
types is written nowhere, and a parser would lose that text, or take what stands behind it for
elements. Here an element that a customer fills ends at the last end of its name, so whatever is
typed stays inside the element it was typed in; those of the platform end at the first and stand
once. Document types and entities are not part of the form.
"""

import re
from collections.abc import Mapping
from typing import Final

from servicebot.domain.errors import RejectedError

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION: Final = re.compile(
    r"""\ufeff?\s*+(?:<\?xml(?:\s++(?:version|standalone)=["'][\w.]{1,8}["'])*+"""
    r"""(?:\s++encoding=["'](?i:utf-8)["'])?(?:\s++standalone=["']\w{1,3}["'])?\s*+\?>)?\s*+"""
)
_TAG: Final = re.compile(r"\s*+<([A-Za-z_][A-Za-z0-9_]{0,63})\s*+(/?)>")
_SECTION, _SECTION_END = "<![CDATA[", "]]>"
_ESCAPED: Final = "]]]]><![CDATA[>"
_REFERENCE: Final = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|([A-Za-z_][\w.-]{0,63}));")
_NAMED: Final[Mapping[str, str]] = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_TYPED: Final = frozenset(
    {"Content", "Recognition", "Title", "Description", "Url", "Label", "EventKey", "ScanCodeInfo"}
)
_MOST_ELEMENTS: Final = 64  # the platform's largest push has fewer than twenty


def read_xml(raw: bytes) -> Mapping[str, str]:
    """The texts of the elements under the root, by tag; one that holds elements has none.

    Characters that XML has no form for are dropped, and the rest is read.

    Raises:
        RejectedError: Not this form: another encoding, a document type, an entity, an attribute,
            an element twice, or more than 64 of them.
    """
    try:
        text = _FORBIDDEN.sub("", raw.decode())
    except UnicodeDecodeError:
        raise _refused() from None
    begun = _DECLARATION.match(text)
    text = text[begun.end() if begun else 0 :].rstrip()
    if not text.startswith("<xml>") or not text.endswith("</xml>"):
        raise _refused()
    return _elements(text.removeprefix("<xml>").removesuffix("</xml>").rstrip())


def write_xml(fields: Mapping[str, str | int]) -> str:
    """The XML of `fields`; texts in CDATA, numbers plain."""
    inner = "".join(f"<{tag}>{_value(value)}</{tag}>" for tag, value in fields.items())
    return f"<xml>{inner}</xml>"


def _elements(inside: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    at = 0
    while at < len(inside):
        begun = _TAG.match(inside, at)
        if begun is None or begun[1] in found or len(found) == _MOST_ELEMENTS:
            raise _refused()
        tag, at = begun[1], begun.end()
        if begun[2]:
            found[tag] = ""
            continue
        end = (inside.rfind if tag in _TYPED else inside.find)(f"</{tag}>", at)
        if end < 0:
            raise _refused()
        found[tag] = _text(inside[at:end].strip()).strip()
        at = end + len(f"</{tag}>")
    return found


def _text(value: str) -> str:
    """The words of an element."""
    is_section = value.startswith(_SECTION) and value.endswith(_SECTION_END)
    if is_section and len(value) >= len(_SECTION) + len(_SECTION_END):
        inner = value.removeprefix(_SECTION).removesuffix(_SECTION_END)
        return inner.replace(_ESCAPED, _SECTION_END)
    return "" if "<" in value else _REFERENCE.sub(_character, value)


def _character(found: re.Match[str]) -> str:
    """What a reference stands for; nothing where XML has no form for it."""
    decimal, hexadecimal, name = found.groups()
    if name is not None:
        if name not in _NAMED:
            raise _refused()
        return _NAMED[name]
    point = int(decimal) if decimal is not None else int(hexadecimal, 16)
    return _FORBIDDEN.sub("", chr(point)) if point <= 0x10FFFF else ""  # noqa: PLR2004  Unicode ends


def _refused() -> RejectedError:
    return RejectedError("The body is not the XML that the platform sends.")


def _value(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    clean = _FORBIDDEN.sub("", value).replace(_SECTION_END, _ESCAPED)
    return f"{_SECTION}{clean}{_SECTION_END}"
