"""Where in a content file something stands: a field and words in it, found when it is told."""

import re
from dataclasses import dataclass
from typing import Final

BODY: Final = "---"  # what stands below the head of an article
_KNOWN_BY: Final = 40  # characters by which a long line is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of a file, by what stands there.

    Attributes:
        key: The field; `BODY` for the text below an article's head, the first cell for the row of
            a table, empty for anywhere.
        words: Words of the line; empty for the line of the field itself.
        nth: Which of several lines with these words, from 1.
    """

    key: str = ""
    words: str = ""
    nth: int = 1


ANYWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, where a complaint about one line names another."""

    path: str
    place: Place = ANYWHERE


def line_of(path: str, text: str, place: Place) -> int:
    """The number of the line, from 1; the first line that is near where it is not found whole.

    Args:
        path: Says what kind of file it is.
        text: As it was read.
        place: What is looked for.
    """
    lines = text.split("\n")
    first, behind = _range(path, lines, place.key)
    if not place.words:
        return first + 1
    wanted = place.words.strip().split("\n", 1)[0].strip()
    within = range(first, behind)
    whole = [at for at in within if _phrase(lines[at]) == wanted]
    found = whole or [at for at in within if wanted[:_KNOWN_BY] in lines[at]]
    return found[min(place.nth, len(found)) - 1] + 1 if found else first + 1


def _phrase(line: str) -> str:
    """A line of a block without the arrow behind its phrase."""
    return line.rpartition("->")[0].strip() or line.strip()


def _range(path: str, lines: list[str], key: str) -> tuple[int, int]:
    """The first line of a field and the line behind its last one."""
    if not key:
        return 0, len(lines)
    if key == BODY:
        return _body(lines), len(lines)
    if path.endswith(".csv"):
        return _row(lines, key), len(lines)
    return _block(lines, key)


def _body(lines: list[str]) -> int:
    dashes = [at for at, line in enumerate(lines) if line.strip() == "---"][1:2]
    first = dashes[0] + 1 if dashes else 0
    written = (at for at in range(first, len(lines)) if lines[at].strip())
    return next(written, min(first, len(lines) - 1))


def _row(lines: list[str], cell: str) -> int:
    starts = tuple(f"{quote}{cell}{quote}" for quote in ("", '"'))
    rows = (
        at
        for at, line in enumerate(lines)
        if line.split(",", 1)[0].strip() in starts or line.strip() in starts
    )
    return next(rows, next((at for at, line in enumerate(lines) if cell in line), 0))


def _block(lines: list[str], key: str) -> tuple[int, int]:
    """A field of a head or of a YAML file, with the indented lines below it."""
    head = re.compile(rf"""(\s*)["']?{re.escape(key)}["']?\s*[:：]""")
    for at, line in enumerate(lines):
        if found := head.match(line):
            depth = len(found[1])
            behind = at + 1
            while behind < len(lines) and _is_within(lines[behind], depth):
                behind += 1
            return at, behind
    return 0, len(lines)


def _is_within(line: str, depth: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip()) > depth
