"""One table of the content as a CSV file for Excel and back: exactly the changed cells change."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from servicebot.domain.content_refusal import (
    ContentRefusal,
    ContentRefusedError,
    ContentTooLargeError,
)
from servicebot.studio.tables.csv_rows import CsvRow, read_csv_rows
from servicebot.studio.tables.formulas import is_formula, restored
from servicebot.studio.tables.merge_rows import CellChange, merge_rows, row_width
from servicebot.studio.tables.not_taken import NotTaken, Why
from servicebot.studio.tables.open_workbook import MOST_ROWS
from servicebot.studio.tables.originals import without_empty_end
from servicebot.studio.tables.read_csv import read_csv_text
from servicebot.studio.tables.write_table import TableForm, write_table

_SLASHED: Final = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def is_table(path: str) -> bool:
    """Whether a path is that of a table."""
    return path.endswith(".csv")


def export_table(text: str, form: TableForm, title: str) -> bytes:
    """A table as a file.

    Raises:
        RejectedError: It is no CSV.
    """
    return write_table((row.cells for row in read_csv_rows(text)), form, title)


def import_table(
    path: str, text: str, data: bytes
) -> tuple[str, tuple[CellChange, ...], tuple[NotTaken, ...]]:
    """The table with what a CSV file changes in it, the changes, and what was not taken.

    Excel writes days its own way when it saves a CSV file (2026/1/1); in a column of days they are
    read as days.

    Raises:
        RejectedError: The file is no CSV, or none of this table.
        TooLargeError: It has too many rows.
    """
    before = read_csv_rows(text)
    rows = _rows(data)
    first = tuple(cell.strip() for cell in rows[0]) if rows else ()
    if not before or _bare(first) != _bare(before[0].cells):
        raise ContentRefusedError(ContentRefusal.OTHER_TABLE, named=path)
    refused: list[NotTaken] = []
    dated = _columns_of_days(before)
    old = [row.cells for row in before]
    wanted = [_read(row, number, old, dated, refused) for number, row in enumerate(rows, 1)]
    while wanted and len(wanted) > len(before) and not any(wanted[-1]):
        wanted.pop()
    merged, changes = merge_rows(path, before, wanted)
    return merged, tuple(changes), tuple(refused)


def _rows(data: bytes) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(read_csv_text(data), newline="")))
    except csv.Error as error:
        raise ContentRefusedError(ContentRefusal.NO_CSV, named=str(error)) from error
    if len(rows) > MOST_ROWS:
        raise ContentTooLargeError(ContentRefusal.TOO_MANY_ROWS, named=str(MOST_ROWS))
    return rows


def _bare(cells: Sequence[str]) -> tuple[str, ...]:
    """Without the empty cells that Excel adds behind the last."""
    return without_empty_end([cell.strip() for cell in cells])


def _columns_of_days(rows: Sequence[CsvRow]) -> frozenset[int]:
    return frozenset(
        column for row in rows[1:] for column, cell in enumerate(row.cells) if _DAY.fullmatch(cell)
    )


def _read(
    row: Sequence[str],
    number: int,
    before: Sequence[Sequence[str]],
    dated: frozenset[int],
    refused: list[NotTaken],
) -> tuple[str, ...]:
    old = before[number - 1] if number <= len(before) else ()
    cells = []
    for column, typed in enumerate(row):
        was = old[column] if column < len(old) else ""
        cell = _day(restored(typed)) if column in dated else restored(typed)
        if is_formula(typed) and typed != was:
            refused.append(NotTaken(place=f"{number}:{column + 1}", why=Why.FORMULA, named=was))
            cell = was
        cells.append(cell)
    width = row_width(number, len(without_empty_end(cells)), before)
    return tuple((*cells, *[""] * width)[:width])


def _day(cell: str) -> str:
    found = _SLASHED.fullmatch(cell)
    if found is None:
        return cell
    year, month, day = found.groups()
    return f"{year}-{int(month):02}-{int(day):02}"
