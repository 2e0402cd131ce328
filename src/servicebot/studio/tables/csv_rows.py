"""The rows of a CSV file with the very text each was written as."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError

_BOM = "﻿"


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvRow:
    """One row.

    Attributes:
        cells: What it holds.
        written: Its text with its line end, byte for byte.
    """

    cells: tuple[str, ...]
    written: str


def read_csv_rows(text: str) -> tuple[CsvRow, ...]:
    """The rows; joining what is written gives the text back.

    Raises:
        RejectedError: It is no CSV.
    """
    lines = text.splitlines(keepends=True)
    reader = csv.reader(iter(lines))
    rows: list[CsvRow] = []
    begun = 0
    try:
        for cells in reader:
            written = "".join(lines[begun : reader.line_num])
            begun = reader.line_num
            first = not rows and cells and cells[0].startswith(_BOM)
            rows.append(
                CsvRow(
                    cells=(cells[0].removeprefix(_BOM), *cells[1:]) if first else tuple(cells),
                    written=written,
                )
            )
    except csv.Error as error:
        raise ContentRefusedError(ContentRefusal.NO_CSV, named=str(error)) from error
    return tuple(rows)


def write_csv_row(cells: Sequence[str], end: str) -> str:
    """A row as text, quoted where that is needed."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerow(cells)
    return out.getvalue()
