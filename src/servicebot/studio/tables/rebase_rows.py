"""What somebody changed in rows they had downloaded, done to the rows as others have them by now.

Rows of a table have no names of their own, so only what is certain is done: cells that were changed in
their place, and rows at the end. Whatever else was moved, put in or taken out while others changed the
table is not guessed at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from servicebot.studio.tables.not_taken import Why
from servicebot.studio.tables.originals import without_empty_end

_Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRow:
    """A row that stays as others have it; all of them where rows were moved.

    Attributes:
        row: Its place in what was sent, from 1; 0 for the whole table.
        why: What became of it meanwhile.
        first: Its first cell.
    """

    row: int
    why: Why
    first: str = ""


def rebase_rows(
    downloaded: Sequence[_Row], sent: Sequence[_Row], now: Sequence[_Row]
) -> tuple[list[_Row], list[LeftRow]]:
    """The rows of now with what was changed between the download and what was sent.

    Where nobody else changed anything, that is what was sent.
    """
    old, here, new = _bare(downloaded), _bare(now), _bare(sent)
    if old == here:
        return [*sent], []
    if old == new:
        return [*now], []
    if len(new) < len(old) or _moved(old, new):
        return [*now], [LeftRow(row=0, why=Why.TABLE_CHANGED)]
    rows, places = [*now], _places(old, here)
    left: list[LeftRow] = []
    for at, (was, wanted) in enumerate(zip(old, new, strict=False)):
        if was != wanted and at in places:
            rows[places[at]] = _wide(sent[at], now)
        elif was != wanted and wanted not in here:
            left.append(LeftRow(row=at + 1, why=Why.ROW_CHANGED, first=was[0] if was else ""))
    rows += [_wide(sent[at], now) for at in range(len(old), len(new)) if new[at] not in here]
    return rows, left


def _bare(rows: Sequence[_Row]) -> list[_Row]:
    return [without_empty_end(row) for row in rows]


def _moved(old: Sequence[_Row], new: Sequence[_Row]) -> bool:
    """Whether a row that differs from the one in its place is the one of another place."""
    known, sent = set(old), set(new)
    return any(
        was != wanted and (wanted in known or was in sent)
        for was, wanted in zip(old, new, strict=False)
    )


def _places(old: Sequence[_Row], now: Sequence[_Row]) -> dict[int, int]:
    """Where each row that nobody touched stands by now."""
    blocks = SequenceMatcher(None, old, now, autojunk=False).get_matching_blocks()
    return {block.a + offset: block.b + offset for block in blocks for offset in range(block.size)}


def _wide(row: _Row, now: Sequence[_Row]) -> _Row:
    """As wide as the table's head."""
    return (*row, *[""] * (len(now[0]) - len(row) if now else 0))
