"""What somebody changed in rows they had downloaded, done to the rows as others have them by now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from servicebot.studio.tables.not_taken import Why
from servicebot.studio.tables.originals import without_empty_end

_Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRow:
    """A row that stays as others have it.

    Attributes:
        row: Its place in what was sent, from 1; of one that is not there any more where it was.
        why: What became of it meanwhile.
        first: Its first cell.
    """

    row: int
    why: Why
    first: str


def rebase_rows(
    downloaded: Sequence[_Row], sent: Sequence[_Row], now: Sequence[_Row]
) -> tuple[list[_Row], list[LeftRow]]:
    """The rows of now with what was changed between the download and what was sent.

    A cell that both changed is as it was sent. A row that others changed is not deleted, and one
    that others deleted does not come back.
    """
    old, here = _bare(downloaded), _bare(now)
    if old == here:
        return [*sent], []
    rebased = _Rebased(now=now, places=_places(old, here))
    for before, was, row in _edits(old, _bare(sent)):
        if was is None and row is not None:
            rebased.add(before, sent[row])
        elif was is not None and row is None:
            rebased.delete(was, old[was])
        elif was is not None and row is not None:
            rebased.change(was, row, old[was], sent[row])
    return rebased.all(), rebased.left


def _edits(
    old: Sequence[_Row], new: Sequence[_Row]
) -> Iterator[tuple[int, int | None, int | None]]:
    """What was changed: how many old rows stand before it, the old row's place, the new one's."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from ((b, was, row) for was, row in zip_longest(range(a, b), range(c, d)))


class _Rebased:
    """The rows of now while they are changed."""

    def __init__(self, now: Sequence[_Row], places: Mapping[int, int]) -> None:
        self.left: list[LeftRow] = []
        self._now = now
        self._known = frozenset(_bare(now))
        self._places = places
        self._rows: dict[int, _Row] = dict(enumerate(now))
        self._added: dict[int, list[_Row]] = {}

    def add(self, before: int, row: _Row) -> None:
        """A new row behind the last that still stands in front of it."""
        if without_empty_end(row) not in self._known:
            places = (self._places[was] for was in reversed(range(before)) if was in self._places)
            self._added.setdefault(next(places, -1), []).append(row)

    def delete(self, was: int, old: _Row) -> None:
        """A row that nobody else changed."""
        place = self._places.get(was)
        if place is not None and without_empty_end(self._now[place]) == old:
            del self._rows[place]
        elif place is not None:
            self.left.append(LeftRow(row=was + 1, why=Why.ROW_CHANGED, first=_first(old)))

    def change(self, was: int, row: int, old: _Row, new: _Row) -> None:
        """The cells of a row that still stands."""
        if was in self._places:
            place = self._places[was]
            self._rows[place] = _with_changes(self._rows[place], old, new)
        else:
            self.left.append(LeftRow(row=row + 1, why=Why.ROW_GONE, first=_first(new)))

    def all(self) -> list[_Row]:
        """The rows in their order."""
        found = [*self._added.get(-1, [])]
        for place in range(len(self._now)):
            found += [self._rows[place]] if place in self._rows else []
            found += self._added.get(place, [])
        return found


def _bare(rows: Sequence[_Row]) -> list[_Row]:
    return [without_empty_end(row) for row in rows]


def _first(row: _Row) -> str:
    return row[0] if row else ""


def _places(old: Sequence[_Row], now: Sequence[_Row]) -> dict[int, int]:
    """Where each row is by now: as it was, or known by its first cell, or changed in its place."""
    places: dict[int, int] = {}
    for tag, a, b, c, d in SequenceMatcher(None, old, now, autojunk=False).get_opcodes():
        if tag == "equal":
            places.update(zip(range(a, b), range(c, d), strict=True))
            continue
        named: dict[_Row, list[int]] = {}
        for place in reversed(range(c, d)):
            named.setdefault(now[place][:1], []).append(place)
        known = {was: same.pop() for was in range(a, b) if (same := named.get(old[was][:1]))}
        if not known and b - a == d - c:
            pairs = zip(range(a, b), range(c, d), strict=True)
            known = {was: place for was, place in pairs if _are_alike(old[was], now[place])}
        places.update(known)
    return places


def _are_alike(one: _Row, other: _Row) -> bool:
    return any(cell and cell == same for cell, same in zip(one, other, strict=False))


def _with_changes(now: _Row, old: _Row, new: _Row) -> _Row:
    cells = [*now, *[""] * (len(new) - len(now))]
    for column, (was, wanted) in enumerate(zip_longest(old, new, fillvalue="")):
        if was != wanted and column < len(cells):
            cells[column] = wanted
    return tuple(cells)
