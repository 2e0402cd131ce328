"""The content's tables as an Excel workbook and back: exactly the changed cells change."""

from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.studio.tables.csv_rows import read_csv_rows
from servicebot.studio.tables.imported import Imported
from servicebot.studio.tables.merge_rows import CellChange, merge_rows, row_width
from servicebot.studio.tables.not_taken import NotTaken, Why
from servicebot.studio.tables.open_workbook import opened_workbook, rows_of
from servicebot.studio.tables.originals import (
    LONGEST_NAME,
    keep_original,
    original_of,
    without_empty_end,
)
from servicebot.studio.tables.plain_text import plain_text
from servicebot.studio.tables.rebase_rows import rebase_rows
from servicebot.studio.tables.write_table import saved, write_rows

INDEX: Final = "目录 Index"


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
    index.title = INDEX
    for path, name in _sheet_names(sorted(tables)).items():
        index.append([name, path])
        sheet = book.create_sheet(name)
        rows = [row.cells for row in read_csv_rows(tables[path])]
        write_rows(sheet, rows)
        keep_original(book, name, rows)
    return saved(book)


def import_workbook(data: bytes, tables: Mapping[str, str]) -> Imported:
    """What was changed in a workbook of `export_workbook`, for the tables as they are now.

    Raises:
        RejectedError: It is no such workbook.
    """
    with opened_workbook(data) as book:
        if INDEX not in book.sheetnames:
            raise ContentRefusedError(ContentRefusal.NO_SHEET, named=INDEX)
        return _imported(book, tables)


def _imported(book: Workbook, tables: Mapping[str, str]) -> Imported:
    files: dict[str, str] = {}
    changes: list[CellChange] = []
    refused: list[NotTaken] = []
    for row in rows_of(book[INDEX]):
        name, path = (plain_text(cell.value) for cell in row[:2]) if len(row) > 1 else ("", "")
        if not path:
            continue
        if path not in tables or name not in book.sheetnames:
            refused.append(NotTaken(place=name or path, why=Why.GONE))
            continue
        before = read_csv_rows(tables[path])
        now = [row.cells for row in before]
        downloaded = _downloaded(book, name, now)
        sent = _cells(book[name], downloaded, refused)
        if _head(sent) != _head(downloaded):
            refused.append(NotTaken(place=name, why=Why.COLUMNS))
            continue
        wanted, left = rebase_rows(downloaded, sent, now)
        refused += (
            NotTaken(place=f"{name}!{one.row}" if one.row else name, why=one.why, named=one.first)
            for one in left
        )
        text, found = merge_rows(path, before, wanted)
        if text != tables[path]:
            files[path] = text
            changes += found
    return Imported(files=files, changes=tuple(changes), refused=tuple(refused))


def _downloaded(
    book: Workbook, name: str, now: Sequence[tuple[str, ...]]
) -> Sequence[tuple[str, ...]]:
    """The rows as they were downloaded; as they are now where that is the same, or not known."""
    original = original_of(book, name)
    same = original is None or [*original] == [without_empty_end(row) for row in now]
    return now if same or original is None else original


def _sheet_names(paths: Sequence[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for path in paths:
        stem = path.rpartition("/")[2].removesuffix(".csv")[:LONGEST_NAME]
        taken = names.values()
        name = next(
            one
            for one in (stem, *(f"{stem[: LONGEST_NAME - 3]}~{n}" for n in range(1, 100)))
            if one not in taken
        )
        names[path] = name
    return names


def _cells(
    sheet: Worksheet, before: Sequence[Sequence[str]], refused: list[NotTaken]
) -> list[tuple[str, ...]]:
    """The rows of a sheet as text; a cell that cannot be taken keeps what it was."""
    rows = []
    for number, row in enumerate(rows_of(sheet), 1):
        cells = []
        for column, cell in enumerate(row):
            why, words = _words(cell)
            was = ""
            if why:
                old = _old_row(row, number, before)
                was = old[column] if column < len(old) else ""
                place = f"{sheet.title}!{cell.coordinate}"
                refused.append(NotTaken(place=place, why=why, named=was))
            cells.append(was if why else words)
        width = row_width(number, len(without_empty_end(cells)), before)
        rows.append(tuple((*cells, *[""] * width)[:width]))
    while rows and len(rows) > len(before) and not any(rows[-1]):
        rows.pop()
    return rows


def _head(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return without_empty_end(rows[0]) if rows else ()


def _old_row(
    row: Sequence[Cell | MergedCell], number: int, before: Sequence[Sequence[str]]
) -> Sequence[str]:
    """What a row was, known by its first cell where it is not in its place any more; () for none."""
    first = plain_text(row[0].value) if row else ""
    if number <= len(before) and first == "".join(before[number - 1][:1]):
        return before[number - 1]
    same = [one for one in before if "".join(one[:1]) == first]
    return same[0] if len(same) == 1 else ()


def _words(cell: Cell | MergedCell) -> tuple[Why | None, str]:
    """Why a cell cannot be taken, or its text."""
    value = cell.value
    if cell.data_type == "f":
        return Why.FORMULA, ""
    if isinstance(value, int | float) and "%" in str(cell.number_format):
        return Why.PERCENTAGE, ""
    return None, plain_text(value)
