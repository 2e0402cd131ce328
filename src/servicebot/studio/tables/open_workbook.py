"""Opens a workbook that somebody else made: bounded, row by row, and whatever is wrong is told."""

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from servicebot.domain.content_refusal import (
    ContentRefusal,
    ContentRefusedError,
    ContentTooLargeError,
)
from servicebot.domain.errors import RejectedError

MOST_UNPACKED: Final = 32 * 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 100
_MOST_PARTS: Final = 1_000
# What zipfile, expat and openpyxl raise at a file that is none, or is damaged.
_DAMAGED: Final = (
    *(BadZipFile, InvalidFileException, zlib.error, EOFError, OSError, SyntaxError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError),
    *(RuntimeError, OverflowError),
)


@contextmanager
def opened_workbook(data: bytes, *, values: bool = False) -> Iterator[Workbook]:
    """A workbook, to be read row by row while the context is open.

    Args:
        data: The file.
        values: Whether cells hold what their formulas came to, instead of the formulas.

    Raises:
        RejectedError: It is no workbook, or is damaged.
        TooLargeError: It unpacks to too much.
    """
    try:
        _require_small(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=values)
        try:
            yield book
        finally:
            book.close()
    except RejectedError:
        raise
    except _DAMAGED as error:
        raise ContentRefusedError(ContentRefusal.NO_WORKBOOK) from error


def rows_of(sheet: Worksheet) -> Iterator[tuple[Cell | MergedCell, ...]]:
    """The rows of a sheet, cut where a sheet ends that people have made.

    Raises:
        TooLargeError: It has more rows than that.
    """
    rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise ContentTooLargeError(ContentRefusal.TOO_MANY_ROWS, named=str(MOST_ROWS))
        yield row


def _require_small(data: bytes) -> None:
    """Looks at what the archive says of itself; zipfile reads no more of a part than that."""
    with ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > _MOST_PARTS:
        most = MOST_UNPACKED // (1024 * 1024)
        raise ContentTooLargeError(ContentRefusal.WORKBOOK_LARGE, named=str(most))
