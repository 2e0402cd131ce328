"""What the sheets of a workbook held when it was downloaded, on sheets beside them that nobody sees."""

from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl import Workbook

from servicebot.studio.tables.open_workbook import rows_of
from servicebot.studio.tables.plain_text import plain_text
from servicebot.studio.tables.write_table import write_rows

LONGEST_NAME: Final = 30  # Excel's own, without the sign in front
_FRONT: Final = "~"
_HIDDEN: Final = "veryHidden"  # Excel does not even offer to show it


def keep_original(book: Workbook, sheet: str, rows: Iterable[Sequence[str]]) -> None:
    """Adds the hidden sheet of a sheet.

    Args:
        book: Is being written.
        sheet: The name of a sheet, of at most `LONGEST_NAME` signs.
        rows: What it holds.
    """
    hidden = book.create_sheet(_FRONT + sheet)
    hidden.sheet_state = _HIDDEN
    write_rows(hidden, rows)


def original_of(book: Workbook, sheet: str) -> tuple[tuple[str, ...], ...] | None:
    """The rows of a sheet as they were downloaded, without empty cells at their ends.

    None where a program has dropped them.

    Raises:
        TooLargeError: They are more than anybody downloads.
    """
    name = _FRONT + sheet
    if name not in book.sheetnames:
        return None
    return tuple(
        without_empty_end([plain_text(cell.value) for cell in row]) for row in rows_of(book[name])
    )


def without_empty_end(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells up to the last one that holds something."""
    last = max((place for place, words in enumerate(cells, 1) if words), default=0)
    return tuple(cells[:last])
