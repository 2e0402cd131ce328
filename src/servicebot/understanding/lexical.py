"""BM25 over hashed pieces: finds the words that vectors blur."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.understanding.features import Counted

# Robertson & Zaragoza 2009: the usual saturation; phrases are short, so length counts little.
_SATURATION: Final = 1.2
_LENGTH_SHARE: Final = 0.4
# Weights are whole multiples of this, so that a sum is exact in any order.
_STEP: Final = 2.0**-20
# A piece this common says nothing, and walking its postings is most of the work of a search.
_TOO_COMMON: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalIndex:
    """An inverted index over the rows of one language.

    Attributes:
        pieces: Sorted uint32 hashes of every known piece.
        idf: float64, one per piece, then one more for a piece never seen.
        starts: Where each piece's postings begin; one longer than `pieces`.
        rows: int64 row numbers, piece by piece.
        weights: float64 BM25 weights beside `rows`.
        row_count: How many rows were indexed.
    """

    pieces: NDArray[np.uint32]
    idf: NDArray[np.float64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int64]
    weights: NDArray[np.float64]
    row_count: int

    def score(self, unique: NDArray[np.uint32]) -> NDArray[np.float64]:
        """Scores every row: 1 where all asked pieces stand in it, 0 where none does.

        The share is weighted by rarity; a piece no row has counts as asked and not found.

        Args:
            unique: The asked pieces, each once, sorted.
        """
        ((total, wanted),) = self._totals(np.zeros(len(unique), np.int64), unique, 1)
        return total / wanted

    def best(self, asked: Counted, group_starts: NDArray[np.int64]) -> NDArray[np.float64]:
        """The score of the best row of each group, for several texts.

        Args:
            asked: The pieces of the texts, of one family.
            group_starts: int64 [groups], the first row of each; every group has a row.

        Returns:
            float64 [texts, groups].
        """
        found = [
            np.maximum.reduceat(total, group_starts) / wanted
            for total, wanted in self._totals(asked.texts, asked.pieces, asked.size)
        ]
        return np.stack(found)

    def _totals(
        self, texts: NDArray[np.int64], asked: NDArray[np.uint32], size: int
    ) -> Iterator[tuple[NDArray[np.float64], float]]:
        """For each text the weights found in every row, [rows], and what all would weigh."""
        last = len(self.pieces) - 1
        places = np.minimum(np.searchsorted(self.pieces, asked), last)
        known = self.pieces[places] == asked if last >= 0 else places >= 0
        wanted = np.bincount(texts, self.idf[np.where(known, places, last + 1)], size)
        found = places[known]
        begins, ends = self.starts[found].tolist(), self.starts[found + 1].tolist()
        spans = [slice(begin, end) for begin, end in zip(begins, ends, strict=True)]
        borders = np.searchsorted(texts[known], np.arange(size + 1)).tolist()
        for (first, behind), weight in zip(pairwise(borders), wanted.tolist(), strict=True):
            own = spans[first:behind]
            rows = [self.rows[span] for span in own] or [self.rows[:0]]
            weights = [self.weights[span] for span in own] or [self.weights[:0]]
            total = np.bincount(np.concatenate(rows), np.concatenate(weights), self.row_count)
            yield np.asarray(total, dtype=np.float64), weight or 1.0


def build_lexical_index(rows: Sequence[Sequence[int]]) -> LexicalIndex:
    """Indexes the pieces of every row; a row may be empty."""
    counts = [np.unique(np.asarray(row, dtype=np.uint32), return_counts=True) for row in rows]
    lengths = np.array([len(row) for row in rows], dtype=np.float64)
    row_numbers = np.repeat(np.arange(len(rows)), [len(found) for found, _ in counts])
    all_pieces = np.concatenate([found for found, _ in counts] or [np.empty(0, np.uint32)])
    times = np.concatenate([found for _, found in counts] or [np.empty(0, np.int64)])
    order = np.argsort(all_pieces, kind="stable")
    pieces, document_counts = np.unique(all_pieces, return_counts=True)
    idf = _idf(document_counts, len(rows))
    place_of = np.repeat(np.arange(len(pieces)), document_counts)
    weights = _weights(times[order], lengths[row_numbers[order]], lengths, idf[place_of])
    telling = idf[:-1] >= _TOO_COMMON
    kept = telling[place_of]
    return LexicalIndex(
        pieces=pieces,
        idf=np.where(np.append(telling, True), idf, 0.0),
        starts=np.concatenate(([0], np.cumsum(document_counts * telling))).astype(np.int64),
        rows=row_numbers[order][kept].astype(np.int64),
        weights=weights[kept],
        row_count=len(rows),
    )


def _idf(document_counts: NDArray[np.int64], row_count: int) -> NDArray[np.float64]:
    """Rarity of each piece, and of an unseen one at the end, as whole multiples of the step."""
    seen = np.concatenate((document_counts, [0])).astype(np.float64)
    rarity = np.log1p((row_count - seen + 0.5) / (seen + 0.5))
    return np.rint(rarity / _STEP) * _STEP


def _weights(
    times: NDArray[np.int64],
    row_lengths: NDArray[np.float64],
    lengths: NDArray[np.float64],
    idf: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Saturated counts times rarity; a piece found once in a row of mean length weighs its idf."""
    mean = float(lengths.mean()) if len(lengths) else 1.0
    norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * row_lengths / max(mean, 1.0))
    weights = idf * times * (_SATURATION + 1) / (times + norm)
    return np.asarray(np.rint(weights / _STEP) * _STEP, dtype=np.float64)
