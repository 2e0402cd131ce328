"""WeChat's flat XML: one level of elements under `<xml>`, texts in CDATA."""

import re
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from servicebot.domain.errors import RejectedError

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_xml(raw: bytes) -> Mapping[str, str]:
    """The texts of the elements under the root, by tag.

    Raises:
        RejectedError: No well-formed XML, or XML with a document type or entities.
    """
    try:
        root = fromstring(raw, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise RejectedError("The body is not the XML that the platform sends.") from None
    return {element.tag: (element.text or "").strip() for element in root}


def write_xml(fields: Mapping[str, str | int]) -> str:
    """The XML of `fields`; texts in CDATA, numbers plain."""
    inner = "".join(f"<{tag}>{_value(value)}</{tag}>" for tag, value in fields.items())
    return f"<xml>{inner}</xml>"


def _value(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    clean = _FORBIDDEN.sub("", value).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{clean}]]>"
