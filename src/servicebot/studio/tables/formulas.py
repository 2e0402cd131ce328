"""What a spreadsheet would take for a formula, made harmless on its way out and known on its way in.

CSV has no types: a cell that begins with one of four signs is computed when the file is opened, and
may call out. An apostrophe before it keeps it text.
"""

import re
from typing import Final

_MARK: Final = "'"
_COMPUTED: Final = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_BARE: Final = re.compile(r"[=+\-@\t\r＝＋－＠]")
_FIGURE: Final = re.compile(r"[+\-]?[\d,]*\.?\d+%?")


def neutralised(cell: str) -> str:
    """The cell as a CSV file may hold it; two different cells never become the same."""
    return _MARK + cell if _COMPUTED.match(cell) else cell


def restored(cell: str) -> str:
    """The cell that `neutralised` was given."""
    return cell[1:] if cell.startswith(_MARK) and _COMPUTED.match(cell) else cell


def is_formula(cell: str) -> bool:
    """Whether a cell as it came in would be computed; a figure with its sign would not."""
    return _BARE.match(cell) is not None and _FIGURE.fullmatch(cell) is None
