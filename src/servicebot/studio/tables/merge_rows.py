"""A table with other cells: rows that are the same stay byte for byte."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from servicebot.studio.tables.csv_rows import CsvRow, write_csv_row


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One cell that differs; row and column counted from 1."""

    path: str
    row: int
    column: int
    before: str
    after: str


def row_width(number: int, last: int, before: Sequence[Sequence[str]]) -> int:
    """How many cells a row has that came back: a spreadsheet knows no empty ones at its end.

    Args:
        number: Of the row, from 1.
        last: The place of its last cell that is not empty; 0 where all are.
        before: The table; a row that is new is as wide as its first one.
    """
    if number <= len(before):
        return max(len(before[number - 1]), last)
    return max(len(before[0]) if before and last else 0, last)


def merge_rows(
    path: str, before: Sequence[CsvRow], wanted: Sequence[tuple[str, ...]]
) -> tuple[str, list[CellChange]]:
    """The table with the rows that are wanted: those that are the same stay byte for byte."""
    end = "\r\n" if before and before[0].written.endswith("\r\n") else "\n"
    lines: list[str] = []
    changes: list[CellChange] = []
    old = [row.cells for row in before]
    for tag, a, b, c, d in SequenceMatcher(None, old, list(wanted), autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [row.written for row in before[a:b]]
            continue
        for offset in range(max(b - a, d - c)):
            was = old[a + offset] if a + offset < b else ()
            now = wanted[c + offset] if c + offset < d else ()
            if now:
                lines.append(write_csv_row(now, end))
            number = (c if now else a) + offset + 1
            changes += [
                CellChange(path=path, row=number, column=column, before=one, after=other)
                for column, (one, other) in enumerate(_pairs(was, now), 1)
                if one != other
            ]
    for place, line in enumerate(lines[:-1]):
        if not line.endswith(("\n", "\r")):
            lines[place] = line + end  # it was the last one, and is not any more
    return "".join(lines), changes


def _pairs(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str]]:
    width = max(len(one), len(other))
    padded = [(*side, *[""] * (width - len(side))) for side in (one, other)]
    return list(zip(*padded, strict=True))
