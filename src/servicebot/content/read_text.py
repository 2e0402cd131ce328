"""Reads content files as text with line numbers, so that a fault can name its line."""

import contextlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from servicebot.content.complaint import Argument, complain, refuse
from servicebot.content.content_files import MOST_BYTES
from servicebot.content.decode import decode
from servicebot.content.place import ANYWHERE, Place, line_of
from servicebot.content.yaml_depth import require_shallow
from servicebot.content.yaml_fault import find_fault, find_quiet_fault
from servicebot.domain.errors import ContentError, ContentFault

# Both build only text.
_FAST_LOADER: Any = getattr(yaml, "CBaseLoader", None)
# What an editor leaves where it could not read a sign, and what no keyboard types.
_ODD = re.compile("[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DAMAGED = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """One content file.

    Attributes:
        path: Relative to the content folder, with forward slashes.
        text: Its content, lines each ending with a line feed.
    """

    path: str
    text: str

    def line(self, place: Place) -> int:
        """The number of the line at a place, from 1."""
        return line_of(self.path, self.text, place)

    def fault(self, rule: str, place: Place = ANYWHERE, /, **args: Argument) -> ContentFault:
        """A fault in this file, at a place."""
        return complain(self.path, self.line(place), rule, **args)


def read_source(folder: Path, file: Path) -> SourceText:
    """Reads one file below `folder`.

    Raises:
        ContentError: It is too large, unreadable, or neither UTF-8 nor plainly GBK.
    """
    path = file.relative_to(folder).as_posix()
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise refuse(path, 0, "unreadable", why=error.strerror or "") from error
    return source_of(path, data)


def source_of(path: str, data: bytes) -> SourceText:
    """The bytes of one file as text.

    Raises:
        ContentError: It is too large, or neither UTF-8 nor plainly GBK.
    """
    if len(data) > MOST_BYTES:
        raise refuse(path, 0, "too-large", most=MOST_BYTES // 1024)
    try:
        source = SourceText(path=path, text=decode(data).text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refuse(path, line, "not-utf-8") from error
    if odd := _ODD.search(source.text):
        line = source.text[: odd.start()].count("\n") + 1
        raise refuse(path, line, "damaged-sign" if odd.group() == _DAMAGED else "odd-sign")
    return source


def parse_yaml(source: SourceText, text: str, *, first_line: int = 1) -> dict[str, Any]:
    """Reads YAML as text only: every scalar stays the string that was written.

    Args:
        source: The file, for messages.
        text: The YAML part of it.
        first_line: Line of the file on which `text` starts.

    Raises:
        ContentError: Not YAML, not a mapping, or a key written twice.
    """
    try:
        node, value = _read_yaml(text)
    except yaml.YAMLError as error:
        fault = find_fault(source.path, text, first_line=first_line)
        if fault is None:
            mark = getattr(error, "problem_mark", None)
            line = first_line + (min(mark.line, text.count("\n")) if mark is not None else 0)
            fault = complain(source.path, line, "head-form")
        raise ContentError((fault,)) from error
    if not isinstance(node, yaml.MappingNode) or not isinstance(value, dict):
        fault = find_fault(source.path, text, first_line=first_line)
        raise ContentError((fault or complain(source.path, first_line, "head-form"),))
    _refuse_doubled_keys(source, node, first_line)
    if fault := find_quiet_fault(source.path, text, first_line=first_line):
        raise ContentError((fault,))
    return value


def _read_yaml(text: str) -> tuple[yaml.Node | None, object]:
    """The nodes with their places, and what they stand for.

    By libyaml where PyYAML has it, ten times as fast. What it refuses is read again by PyYAML, whose
    faults are told in words that do not depend on the machine.
    """
    require_shallow(text)
    if _FAST_LOADER is not None:
        with contextlib.suppress(yaml.YAMLError):
            return _construct(_FAST_LOADER(text))
    return _construct(yaml.BaseLoader(text))


def _construct(loader: yaml.BaseLoader | yaml.CBaseLoader) -> tuple[yaml.Node | None, object]:
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _refuse_doubled_keys(source: SourceText, node: yaml.MappingNode, first_line: int) -> None:
    seen: dict[str, int] = {}
    for key, value in node.value:
        line = first_line + key.start_mark.line
        if key.value in seen:
            first = seen[key.value]
            raise refuse(source.path, line, "doubled-key", field=key.value, first=first)
        seen[key.value] = line
        if isinstance(value, yaml.MappingNode):
            _refuse_doubled_keys(source, value, first_line)
