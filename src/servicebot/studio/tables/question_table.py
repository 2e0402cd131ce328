"""A table of questions, CSV or Excel, as staff have them: a text, and perhaps what is expected."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.studio.tables.open_workbook import MOST_ROWS, opened_workbook, rows_of
from servicebot.studio.tables.plain_text import plain_text
from servicebot.studio.tables.read_csv import read_csv_text

_MOST_TEXT: Final = 2_000
_TEXT: Final = ("text", "question", "问题", "客户问题", "客户的问题", "问法")
_EXPECTED: Final = ("expected", "topic", "期望主题", "应该回答的主题", "主题", "应答主题")
_ASKED: Final = ("asked", "count", "次数", "提问次数")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """One row.

    Attributes:
        number: Of the row in the table, from 1.
        text: What is asked.
        expected: The topic that should answer; empty where nothing is expected.
        asked: How often it was asked.
    """

    number: int
    text: str
    expected: str = ""
    asked: int = 1


def read_question_table(name: str, data: bytes) -> tuple[QuestionRow, ...]:
    """The rows of a file; blank ones are passed over.

    Args:
        name: Of the file; what ends in `.xlsx` is Excel.
        data: CSV in UTF-8, with or without BOM, or in GBK; or a workbook's first sheet.

    Raises:
        RejectedError: It cannot be read, has no column of questions, or a row is wrong; says which.
    """
    rows = read_rows(name, data)
    head = next(rows, None)
    if head is None:
        raise ContentRefusedError(ContentRefusal.TABLE_EMPTY)
    names = [cell.strip().lower() for cell in head]
    text = _column(names, _TEXT)
    if text is None:
        raise ContentRefusedError(ContentRefusal.NO_QUESTION_COLUMN, named=", ".join(head))
    expected, asked = _column(names, _EXPECTED), _column(names, _ASKED)
    found: list[QuestionRow] = []
    for number, row in enumerate(rows, 2):
        words = _cell(row, text)
        if not words:
            continue
        if len(words) > _MOST_TEXT:
            raise ContentRefusedError(ContentRefusal.LONG_QUESTION, named=str(number))
        if len(found) == MOST_ROWS:
            raise ContentRefusedError(ContentRefusal.TOO_MANY_QUESTIONS, named=str(MOST_ROWS))
        found.append(
            QuestionRow(
                number=number,
                text=words,
                expected=_cell(row, expected),
                asked=_count(_cell(row, asked), number),
            )
        )
    return tuple(found)


def read_rows(name: str, data: bytes) -> Iterator[list[str]]:
    """The rows of a CSV file or of a workbook's first sheet, as text.

    Raises:
        RejectedError: It cannot be read.
    """
    return _excel(data) if PurePath(name).suffix.lower() == ".xlsx" else _csv(data)


def _csv(data: bytes) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(read_csv_text(data), newline=""))
    except csv.Error as error:
        raise ContentRefusedError(ContentRefusal.NO_CSV, named=str(error)) from error


def _excel(data: bytes) -> Iterator[list[str]]:
    with opened_workbook(data, values=True) as book:
        if not book.worksheets:
            return
        for row in rows_of(book.worksheets[0]):
            yield [plain_text(cell.value) for cell in row]


def _column(names: Sequence[str], known: Sequence[str]) -> int | None:
    return next((place for place, name in enumerate(names) if name in known), None)


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _count(cell: str, number: int) -> int:
    if not cell:
        return 1
    if not cell.isascii() or not cell.isdecimal() or int(cell) < 1:
        raise ContentRefusedError(ContentRefusal.NO_COUNT, named=str(number))
    return int(cell)
