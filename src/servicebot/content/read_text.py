"""Reads content files as text with line numbers, so that a fault can name its line."""

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from servicebot.domain.errors import ContentError, ContentFault

_MAX_BYTES = 256 * 1024
# Both build only text.
_FAST_LOADER: Any = getattr(yaml, "CBaseLoader", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """One content file.

    Attributes:
        path: Relative to the content folder, with forward slashes.
        text: Its content, decoded as UTF-8.
    """

    path: str
    text: str

    def fault(self, rule: str, message: str, *, near: str = "") -> ContentFault:
        """A fault in this file, at the first line that holds `near`."""
        line = next((n for n, t in enumerate(self.text.splitlines(), 1) if near and near in t), 0)
        return ContentFault(path=self.path, line=line, rule=rule, message=message)


def read_source(folder: Path, file: Path) -> SourceText:
    """Reads one file below `folder`.

    Raises:
        ContentError: It is too large, unreadable or not UTF-8.
    """
    path = file.relative_to(folder).as_posix()
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _refuse(
            path, 0, "unreadable", f"The file cannot be read: {error.strerror}."
        ) from error
    if len(data) > _MAX_BYTES:
        raise _refuse(path, 0, "too-large", f"At most {_MAX_BYTES // 1024} KB; split the file.")
    try:
        return SourceText(path=path, text=data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _refuse(path, line, "not-utf-8", "Save the file as UTF-8.") from error


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
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark is not None else 0)
        problem = getattr(error, "problem", None) or "not valid"
        message = f"This is not YAML ({problem}). Write `key: value`, and phrases under `key: |`."
        raise _refuse(source.path, line, "yaml", message) from error
    if not isinstance(node, yaml.MappingNode) or not isinstance(value, dict):
        raise _refuse(source.path, first_line, "yaml", "Write `key: value` lines.")
    _refuse_doubled_keys(source, node, first_line)
    return value


def _read_yaml(text: str) -> tuple[yaml.Node | None, object]:
    """The nodes with their places, and what they stand for.

    By libyaml where PyYAML has it, ten times as fast. What it refuses is read again by PyYAML, whose
    faults are told in words that do not depend on the machine.
    """
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
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            line = first_line + key.start_mark.line
            raise _refuse(source.path, line, "doubled-key", f"`{key.value}` stands here twice.")
        seen.add(key.value)


def _refuse(path: str, line: int, rule: str, message: str) -> ContentError:
    return ContentError((ContentFault(path=path, line=line, rule=rule, message=message),))
