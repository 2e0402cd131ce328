"""BM25 over hashed pieces: finds the words that vectors blur."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

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
        if not len(unique) or not len(self.pieces):
            return np.zeros(self.row_count)
        places = np.searchsorted(self.pieces, unique)
        inside = np.minimum(places, len(self.pieces) - 1)
        known = self.pieces[inside] == unique
        wanted = float(np.sum(self.idf[np.where(known, inside, len(self.pieces))]))
        found = inside[known]
        ends = zip(self.starts[found].tolist(), self.starts[found + 1].tolist(), strict=True)
        spans = [slice(begin, end) for begin, end in ends]
        if not spans or not wanted:
            return np.zeros(self.row_count)
        rows = np.concatenate([self.rows[span] for span in spans])
        weights = np.concatenate([self.weights[span] for span in spans])
        total = np.bincount(rows, weights, self.row_count)
        return np.asarray(total / wanted, dtype=np.float64)


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
