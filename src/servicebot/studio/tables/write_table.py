"""Tables that are downloaded: an Excel sheet with every cell text, or CSV without formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.worksheet import Worksheet

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.studio.tables.formulas import neutralised

_TEXT: Final = "@"
_STRING: Final = "s"


class TableForm(StrEnum):
    """How a table is downloaded.

    Attributes:
        XLSX: Excel.
        CSV: UTF-8 with BOM, as Excel opens it rightly.
        GBK: As older programs in China want it.
    """

    XLSX = "xlsx"
    CSV = "csv"
    GBK = "gbk"

    @property
    def suffix(self) -> str:
        """Of the file's name."""
        return ".xlsx" if self is TableForm.XLSX else ".csv"


def write_table(rows: Iterable[Sequence[str]], form: TableForm, title: str = "1") -> bytes:
    """Rows of text as a file; what a spreadsheet would compute stays text."""
    if form is TableForm.XLSX:
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)  # noqa: S101  a new workbook has one
        sheet.title = title
        write_rows(sheet, rows)
        return saved(book)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(map(neutralised, row) for row in rows)
    return csv_bytes(text.getvalue(), form)


def csv_bytes(text: str, form: TableForm) -> bytes:
    """The text of a CSV file in the encoding of a form."""
    return text.encode("gb18030") if form is TableForm.GBK else b"\xef\xbb\xbf" + text.encode()


def write_rows(sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    """Rows into a sheet; what begins with `=` stays what it says.

    Raises:
        RejectedError: A cell holds a sign that no workbook may hold.
    """
    for number, row in enumerate(rows, 1):
        for column, words in enumerate(row, 1):
            cell = sheet.cell(number, column)
            try:
                cell.value = words
            except IllegalCharacterError as error:
                raise ContentRefusedError(
                    ContentRefusal.ODD_SIGN, named=f"row {number}, column {column}"
                ) from error
            cell.data_type = _STRING
            cell.number_format = _TEXT


def saved(book: Workbook) -> bytes:
    """The file of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
