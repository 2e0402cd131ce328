"""The content's tables as an Excel workbook and back: exactly the changed cells change."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Final
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from servicebot.domain.errors import RejectedError
from servicebot.studio.csv_rows import CsvRow, read_csv_rows, write_csv_row

_INDEX: Final = "目录 Index"
_TEXT: Final = "@"
_STRING: Final = "s"
_LONGEST_NAME: Final = 31  # Excel's own
_MOST_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One cell that differs; row and column counted from 1."""

    path: str
    row: int
    column: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a workbook changes.

    Attributes:
        files: The new text of each changed file.
        changes: Every cell that differs, and every row that is new (its before is empty).
        refused: What could not be taken, in words, with sheet and cell.
    """

    files: Mapping[str, str]
    changes: tuple[CellChange, ...]
    refused: tuple[str, ...]


def export_workbook(tables: Mapping[str, str]) -> bytes:
    """One sheet for each table, every cell text: what begins with `=` stays what it says.

    Args:
        tables: The text of each CSV file, by path.

    Raises:
        RejectedError: One of them is no CSV.
    """
    book = Workbook()
    index = book.active
    assert isinstance(index, Worksheet)  # noqa: S101  a new workbook has one
    index.title = _INDEX
    for path, name in _sheet_names(sorted(tables)).items():
        index.append([name, path])
        sheet = book.create_sheet(name)
        for number, row in enumerate(read_csv_rows(tables[path]), 1):
            for column, words in enumerate(row.cells, 1):
                cell = sheet.cell(number, column)
                cell.value = words
                cell.data_type = _STRING
                cell.number_format = _TEXT
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def import_workbook(data: bytes, tables: Mapping[str, str]) -> Imported:
    """What a workbook that `export_workbook` wrote changes in the tables as they are now.

    Raises:
        RejectedError: It is no such workbook.
    """
    try:
        book = load_workbook(io.BytesIO(data))
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise RejectedError("The file is no Excel workbook (.xlsx).") from error
    if _INDEX not in book.sheetnames:
        raise RejectedError(f"The workbook has no sheet `{_INDEX}`; begin from an export.")
    files: dict[str, str] = {}
    changes: list[CellChange] = []
    refused: list[str] = []
    for row in book[_INDEX].iter_rows(values_only=True):
        name, path = (str(cell or "") for cell in (*row, "", "")[:2])
        if not path:
            continue
        if path not in tables or name not in book.sheetnames:
            refused.append(f"{name or path}: there is no such table or sheet any more.")
            continue
        before = read_csv_rows(tables[path])
        wanted = _cells(book[name], before, refused)
        text, found = _merge(path, before, wanted)
        if text != tables[path]:
            files[path] = text
            changes += found
    return Imported(files=files, changes=tuple(changes), refused=tuple(refused))


def _sheet_names(paths: Sequence[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for path in paths:
        stem = path.rpartition("/")[2].removesuffix(".csv")[:_LONGEST_NAME]
        taken = names.values()
        name = next(
            one
            for one in (stem, *(f"{stem[: _LONGEST_NAME - 3]}~{n}" for n in range(1, 100)))
            if one not in taken
        )
        names[path] = name
    return names


def _cells(sheet: Worksheet, before: Sequence[CsvRow], refused: list[str]) -> list[tuple[str, ...]]:
    """The rows of a sheet as text; a cell that cannot be taken keeps what it was."""
    rows = []
    for number, row in enumerate(sheet.iter_rows(max_row=min(sheet.max_row, _MOST_ROWS)), 1):
        old = before[number - 1].cells if number <= len(before) else ()
        cells = []
        for column, cell in enumerate(row):
            was = old[column] if column < len(old) else ""
            why, words = _words(cell)
            if why:
                refused.append(f"{sheet.title}!{cell.coordinate}: {why}; it stays `{was}`.")
            cells.append(was if why else words)
        width = max(len(old), _last(cells))
        rows.append(tuple((*cells, *[""] * width)[:width]))
    while rows and len(rows) > len(before) and not any(rows[-1]):
        rows.pop()
    return rows


def _last(cells: Sequence[str]) -> int:
    return max((place for place, words in enumerate(cells, 1) if words), default=0)


def _words(cell: Cell | MergedCell) -> tuple[str, str]:
    """Why a cell cannot be taken, or its text."""
    value = cell.value
    if cell.data_type == "f":
        return "a formula is not taken, only what it comes to", ""
    if isinstance(value, int | float) and "%" in str(cell.number_format):
        return "a percentage is not taken; write the figure as text", ""
    return "", _plain(value)


def _plain(value: object) -> str:
    """What people see: no `.0` behind a whole number, no hour behind a day."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _merge(
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
