"""What a file that came back changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from servicebot.studio.tables.merge_rows import CellChange
from servicebot.studio.tables.not_taken import NotTaken


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a workbook changes.

    Attributes:
        files: The new text of each changed file.
        changes: Every cell that differs, and every row that is new (its before is empty).
        refused: What could not be taken, with sheet and cell.
    """

    files: Mapping[str, str]
    changes: tuple[CellChange, ...]
    refused: tuple[NotTaken, ...]
