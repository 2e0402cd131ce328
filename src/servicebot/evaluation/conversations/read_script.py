"""YAML -> script; a file that is wrong says where."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from servicebot.content.place import Place
from servicebot.content.read_text import SourceText, parse_yaml, read_source
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.evaluation.conversations.script import Script

_SCRIPT = TypeAdapter(Script)


def find_scripts(place: Path) -> tuple[Path, ...]:
    """The file itself, or all conversation files below a folder, sorted."""
    return (place,) if place.is_file() else tuple(sorted(place.rglob("*.yaml")))


def read_script(file: Path) -> Script:
    """Reads one conversation file.

    Raises:
        ContentError: The file is no conversation; every fault is named.
    """
    source = read_source(file.parent, file)
    values = parse_yaml(source, source.text)
    _refuse_unknown(source, values)
    try:
        return _SCRIPT.validate_python(values)
    except ValidationError as error:
        faults = [
            _fault(source, "conversation", f"{_place(one['loc'])}: {one['msg']}.")
            for one in error.errors()
        ]
        path = file.as_posix()
        raise ContentError(tuple(replace(fault, path=path) for fault in faults)) from error


_KNOWN = {
    (): {"name", "customer", "desk", "turns", "ends", "must_fail"},
    ("customer",): {"sample", "identity", "language"},
    ("ends",): {"owner", "task", "postings"},
}
_TURN = {
    *("says", "does", "agent", "words", "bank", "answers", "then", "calls"),
    *("escalates", "raises", "silent", "unlike", "shows"),
}


def _refuse_unknown(source: SourceText, values: dict[str, Any]) -> None:
    faults = []
    for place, known in _KNOWN.items():
        part = values.get(place[0], {}) if place else values
        faults += [
            _fault(source, "unknown-field", f"`{key}` is not known here.", near=f"{key}:")
            for key in (part if isinstance(part, dict) else ())
            if key not in known
        ]
    turns = values.get("turns")
    for turn in turns if isinstance(turns, list) else ():
        unknown = set(turn) - _TURN if isinstance(turn, dict) else {"a turn that is no mapping"}
        faults += [
            _fault(source, "unknown-field", f"`{key}` is not known in a turn.", near=f"{key}")
            for key in sorted(unknown)
        ]
    if faults:
        raise ContentError(tuple(faults))


def _fault(source: SourceText, rule: str, message: str, *, near: str = "") -> ContentFault:
    line = source.line(Place(words=near))
    return ContentFault(path=source.path, line=line, rule=rule, message=message)


def _place(parts: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in parts)
