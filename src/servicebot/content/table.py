"""The rows of a table as spreadsheets write it: cells by column, what is wrong by line."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from servicebot.content.complaint import complain
from servicebot.content.fields import Fields
from servicebot.content.near_name import nearest
from servicebot.content.read_text import SourceText

_PARTERS: Final = {";": "semicolon", "\t": "tab", "，": "wide_comma", "|": "bar"}
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        cells: Without blanks around, as many as there are columns.
        line: Of the file, from 1.
    """

    cells: tuple[str, ...]
    line: int


def rows_of(
    source: SourceText, fields: Fields, header: Sequence[str], *, needed: Sequence[str]
) -> Iterator[Row]:
    """The rows of a table; empty ones are passed over, what is no row is noted.

    Args:
        source: The table.
        fields: Takes the faults.
        header: The columns its first line must name, in order.
        needed: Columns whose cells may not be empty.
    """
    width = 0
    for line, cells in _records(source, fields):
        row = [cell.strip() for cell in cells]
        if not any(row):
            continue
        if not width:
            width = len(header)
            if not _is_header(source, fields, header, row, line):
                return
            continue
        if any("\n" in cell for cell in row):
            fields.add(complain(source.path, line, "open-quote"))
            return
        if _is_row(source, fields, header, row, line, needed):
            yield Row(tuple(row[:width]), line)
    if not width:
        fields.add(complain(source.path, 1, "header", wanted=",".join(header)))


def _records(source: SourceText, fields: Fields) -> Iterator[tuple[int, list[str]]]:
    """The cells of every record, with the line each begins at."""
    reader = csv.reader(io.StringIO(source.text), strict=False)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:  # a cell longer than the library reads: its quotation mark is never closed
        fields.add(complain(source.path, line, "open-quote"))


def _is_header(
    source: SourceText, fields: Fields, header: Sequence[str], row: list[str], line: int
) -> bool:
    written = [unicodedata.normalize("NFKC", cell).casefold() for cell in _without_end(row)]
    if written == list(header):
        return True
    wanted = ",".join(header)
    parted = next((name for sign, name in _PARTERS.items() if sign in "".join(row)), "")
    unknown = next((cell for cell in written if cell not in header), "")
    missing = next((column for column in header if column not in written), "")
    if parted and len(row) < len(header):
        fault = complain(source.path, line, "table-parted", sign=f"sign_{parted}", wanted=wanted)
    elif unknown:
        near = nearest(unknown, header)
        fault = complain(source.path, line, "column", name=unknown, near=near, wanted=wanted)
    elif missing:
        fault = complain(source.path, line, "column-missing", name=missing, wanted=wanted)
    else:
        fault = complain(source.path, line, "header", wanted=wanted)
    fields.add(fault)
    return False


def _is_row(
    source: SourceText,
    fields: Fields,
    header: Sequence[str],
    row: list[str],
    line: int,
    needed: Sequence[str],
) -> bool:
    wanted, written = len(header), len(_without_end(row))
    if written > wanted:
        sums = _THOUSANDS.search(",".join(row))
        rule = "comma-in-cell" if sums else "too-many-cells"
        found, columns = sums.group() if sums else row[wanted], ", ".join(header)
        fault = complain(source.path, line, rule, found=found, wanted=wanted, columns=columns)
        fields.add(fault)
        return False
    if len(row) < wanted and "，" in "".join(row):
        fields.add(complain(source.path, line, "wide-comma"))
        return False
    if len(row) < wanted:
        column, count = header[len(row)], len(row)
        fault = complain(
            source.path, line, "too-few-cells", column=column, found=count, wanted=wanted
        )
        fields.add(fault)
        return False
    empty = [column for column, cell in zip(header, row, strict=False) if not cell]
    wrong = [column for column in empty if column in needed]
    for column in wrong:
        first = row[0] or row[1]
        fields.add(complain(source.path, line, "empty-cell", column=column, row=first))
    return not wrong


def _without_end(row: list[str]) -> list[str]:
    """The cells without the empty ones that a spreadsheet adds at the end."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]
