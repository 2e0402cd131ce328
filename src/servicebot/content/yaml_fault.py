"""Finds the line that is wrong where a head or a YAML file cannot be read, in words for editors.

The reader of YAML names the line at which it could not go on, often far behind the slip. The files
here have a plain form, `field: words` and indented lines below `field: |`, so the first line that
has not that form is the one to mend.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from servicebot.content.complaint import complain
from servicebot.domain.errors import ContentFault

_FIELD: Final = re.compile(r"""(["']?)([A-Za-z_][\w.\-]*)\1\s*(:|：)(\s*)(.*)""")
_WORD: Final = re.compile(r"([a-z_]{2,})(\s+|\s*[=;；,，]\s*)(\S.*)")
_BLANKS: Final = re.compile(r"[ \t\u3000]*")
_BLOCK: Final = re.compile(r"[|>][+\-\d]*\s*(?:#.*)?")
# A field with indented lines below it that are neither fields nor a list, and no `|`.
_NO_BAR: Final = re.compile(
    r"""^([A-Za-z_][\w.\-]*):[ ]*[^\s|]?[ ]*\n(?:[ ]*\n)*[ ]+(?![ ]|-[ ]|#|["']?[\w.\- ]+["']?:(?:[ ]|$))\S""",
    re.MULTILINE,
)
_CUT: Final = re.compile(r"""^([A-Za-z_][\w.\-]*):[ ]+(?![|>"'{\[#])[^\n]*\S[ ]+#""", re.MULTILINE)
_ODD_FRONT: Final = re.compile(r"""["'\[{&*!%@`>?#]|-\s""")

_CLOSED: Final = {'"': '"', "'": "'", "{": "}", "[": "]"}


@dataclass(slots=True)
class _Block:
    """The field whose lines are being read.

    Attributes:
        field: Its name.
        line: Where it stands.
        has_lines: Whether it takes indented lines: `field: |` or `field:`.
        has_bar: Whether they are read as they are.
        depth: Blanks before its first line; 0 until there is one.
        note: A line at the margin that is left out because it begins with `#`; 0 for none.
    """

    field: str = ""
    line: int = 0
    has_lines: bool = False
    has_bar: bool = False
    depth: int = 0
    note: int = 0


def find_fault(path: str, text: str, *, first_line: int = 1) -> ContentFault | None:
    """The first line that has not the form of a field or of a line below one.

    Args:
        path: The file.
        text: A head, or a whole YAML file.
        first_line: Line of the file on which `text` starts.
    """
    block = _Block()
    for number, line in enumerate(text.split("\n"), first_line):
        fault = next(_faults_of(path, number, line, block), None)
        if fault is not None:
            return fault
    return None


def find_quiet_fault(path: str, text: str, *, first_line: int = 1) -> ContentFault | None:
    """What can be read and is not what was meant: lines that become one, words that are lost."""
    found = _NO_BAR.search(text)
    if found is not None:
        below = text[: found.end()].count("\n")
        field = _FIELD.fullmatch(text.split("\n")[below].strip())
        if field is not None and field[3] == "：":
            line = first_line + below
            return complain(path, line, "wide-colon", field=field[2], value=field[5])
        line = first_line + text[: found.start()].count("\n")
        return complain(path, line, "missing-bar", field=found[1])
    found = _CUT.search(text)
    if found is not None:
        line = first_line + text[: found.start()].count("\n")
        return complain(path, line, "hash-cut", field=found[1])
    return None


def _faults_of(path: str, number: int, line: str, block: _Block) -> Iterator[ContentFault]:
    if not line.strip(" \t\u3000"):
        return
    blanks = _BLANKS.match(line)
    front = blanks.group() if blanks else ""
    if "\t" in front or "\u3000" in front:
        rule = "tab-in-front" if "\t" in front else "wide-blank-in-front"
        yield complain(path, number, rule, text=line.strip(" \t\u3000"))
    elif front:
        if block.note and block.depth:
            yield complain(path, block.note, "hash-in-front")
        yield from _line_of_block(path, number, line, block)
    elif line.startswith("#"):
        block.note = number
    else:
        yield from _field(path, number, line, block)


def _line_of_block(path: str, number: int, line: str, block: _Block) -> Iterator[ContentFault]:
    depth = len(line) - len(line.lstrip(" "))
    if not block.has_lines:
        if _FIELD.fullmatch(line.strip()):
            yield complain(path, number, "blanks-in-front", text=line.strip())
        return
    if not block.has_bar:
        yield from _below(path, number, line.strip(), block)
    block.depth = block.depth or depth
    if depth < block.depth:
        yield complain(
            path, number, "uneven-indent", text=line.strip(), wanted=block.depth, found=depth
        )


def _below(path: str, number: int, line: str, block: _Block) -> Iterator[ContentFault]:
    """A line below `field:` that should be a field too, as the buttons of a reply."""
    field = _FIELD.fullmatch(line)
    if field is not None and field[3] == "：":
        yield complain(path, number, "wide-colon", field=field[2], value=field[5])
    elif field is not None:
        yield from _value(path, number, field[2], field[5])
    elif not line.startswith(("- ", '"', "'", "{", "}")):
        yield complain(path, block.line, "missing-bar", field=block.field)


def _field(path: str, number: int, line: str, block: _Block) -> Iterator[ContentFault]:
    field = _FIELD.fullmatch(line)
    if field is None or (field[3] == ":" and not field[4] and field[5] and block.has_lines):
        yield _no_field(path, number, line, block, field)
        return
    name, colon, blanks, value = field[2], field[3], field[4], field[5]
    if colon == "：":
        yield complain(path, number, "wide-colon", field=name, value=value)
    elif value and not blanks:
        yield complain(path, number, "blank-after-colon", field=name, value=value)
    block.has_bar = _BLOCK.fullmatch(value) is not None
    block.has_lines = block.has_bar or not value
    block.field, block.line, block.depth, block.note = name, number, 0, 0
    if not block.has_lines:
        yield from _value(path, number, name, value)


def _no_field(
    path: str, number: int, line: str, block: _Block, field: re.Match[str] | None
) -> ContentFault:
    """What a line at the margin is that is no field: most often a phrase that lost its blanks."""
    if field is not None and field[2].islower() and field[2].isascii():
        return complain(path, number, "blank-after-colon", field=field[2], value=field[5])
    word = _WORD.fullmatch(line)
    if word is not None and (not block.has_lines or "_" in word[1]):
        return complain(path, number, "missing-colon", field=word[1], value=word[3])
    if block.has_lines:
        return complain(path, number, "lost-indent", text=line.strip())
    return complain(path, number, "no-field", text=line.strip())


def _value(path: str, number: int, name: str, value: str) -> Iterator[ContentFault]:
    """What makes the words behind a colon unreadable."""
    if value.startswith("{{"):
        yield complain(path, number, "placeholder-first", field=name)
    elif _ODD_FRONT.match(value) and not _is_whole(value):
        closed = _CLOSED.get(value[0])
        rule = "odd-front" if closed is None or closed in value[1:] else "open-bracket"
        yield complain(path, number, rule, field=name, sign=value[0])
    elif re.search(r":(?:\s|$)", value) and not _ODD_FRONT.match(value):
        yield complain(path, number, "colon-in-value", field=name)


def _is_whole(value: str) -> bool:
    """Whether what is opened by the first sign is closed by the last one."""
    closed = _CLOSED.get(value[0])
    return closed is not None and len(value) > 1 and value.rstrip().endswith(closed)
