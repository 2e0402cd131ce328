"""Fits the linear head in closed form, also with some rows left out.

Ridge regression on one-hot topics over the head's inputs: (X' S X + penalty) W = X' S Y, with S
the weight of each row. X' S X is a few thousand wide whatever is taught, and what a group of rows
added to it can be taken out again, so a head that never saw the group costs one more solve.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from servicebot.training.known_rows import KnownRows
from servicebot.understanding.classify_intent import (
    BUCKETS,
    WEIGHT_STEP,
    LinearHead,
    PieceVocabulary,
    round_inputs,
)

PENALTY: Final = 2.0
# 1 would give every topic the same total weight, 0 every row.
BALANCE: Final = 0.5
_BLOCK: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class RidgeFit:
    """The sums of one language's rows, ready to be solved.

    Attributes:
        rows: The rows.
        vocabulary: Their pieces.
        products: float32 [inputs, inputs], X' S X.
        targets: float32 [inputs, topics], X' S Y.
        shares: float32 [rows], the weight of each row.
    """

    rows: KnownRows
    vocabulary: PieceVocabulary
    products: torch.Tensor
    targets: torch.Tensor
    shares: torch.Tensor

    def head(self, *, without: NDArray[np.bool_] | None = None) -> LinearHead:
        """The head over all rows, or over all but some of them."""
        weights = self._weights(without).numpy().astype(np.float64)
        return LinearHead(
            vocabulary=self.vocabulary,
            piece_weights=on_step(weights[:BUCKETS]).astype(np.float32),
            vector_weights=on_step(weights[BUCKETS:]),
        )

    def without(self, groups: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores of every row by a head that never saw the row's group, [rows, topics]."""
        scores = np.empty((len(groups), self.targets.shape[1]), dtype=np.float32)
        for group in np.unique(groups):
            weights = self._weights(groups == group)
            for numbers, inputs in _inputs(self.rows, self.vocabulary, groups == group):
                scores[numbers] = (inputs @ weights).numpy()
        return scores

    def _weights(self, without: NDArray[np.bool_] | None) -> torch.Tensor:
        products, targets = self.products.clone(), self.targets.clone()
        if without is not None:
            _add(self.rows, self.vocabulary, self.shares * -1, without, products, targets)
        products.diagonal().add_(PENALTY)
        factor = torch.linalg.cholesky(products, out=products)
        return torch.cholesky_solve(targets, factor)


def fit_ridge(rows: KnownRows) -> RidgeFit:
    """Adds up the rows of one language."""
    vocabulary = _vocabulary(rows)
    shares = torch.from_numpy(row_shares(rows))
    width = BUCKETS + rows.vectors.shape[1]
    products, targets = torch.zeros(width, width), torch.zeros(width, len(rows.topics))
    everything = np.ones(len(rows.texts), dtype=np.bool_)
    _add(rows, vocabulary, shares, everything, products, targets)
    return RidgeFit(
        rows=rows, vocabulary=vocabulary, products=products, targets=targets, shares=shares
    )


def _add(
    rows: KnownRows,
    vocabulary: PieceVocabulary,
    shares: torch.Tensor,
    chosen: NDArray[np.bool_],
    products: torch.Tensor,
    targets: torch.Tensor,
) -> None:
    """Adds the chosen rows to the sums in place: a copy of the sums is a large part of memory."""
    for numbers, inputs in _inputs(rows, vocabulary, chosen):
        weighted = inputs * shares[numbers, None]
        products.addmm_(weighted.T, inputs)
        targets.index_add_(1, torch.from_numpy(rows.row_topics[numbers]), weighted.T)


def _inputs(
    rows: KnownRows, vocabulary: PieceVocabulary, chosen: NDArray[np.bool_]
) -> Iterator[tuple[NDArray[np.int64], torch.Tensor]]:
    """Blocks of row numbers with their inputs, float32 [block, inputs]."""
    places = np.flatnonzero(chosen)
    for begin in range(0, len(places), _BLOCK):
        numbers = places[begin : begin + _BLOCK]
        block = np.zeros((len(numbers), BUCKETS))
        for place, number in enumerate(numbers):
            buckets, values = vocabulary.inputs(rows.pieces[number])
            np.add.at(block[place], buckets, values)
        inputs = np.hstack((block, round_inputs(rows.vectors[numbers])))
        yield numbers, torch.from_numpy(inputs.astype(np.float32))


def _vocabulary(rows: KnownRows) -> PieceVocabulary:
    """Every piece of the rows; those of one row only would merely repeat the row's number."""
    unique = [np.unique(np.array(pieces.all(), dtype=np.uint32)) for pieces in rows.pieces]
    pieces, counts = np.unique(np.concatenate(unique), return_counts=True)
    kept = counts > 1
    idf = np.log((1.0 + len(rows.texts)) / (1.0 + counts[kept])) + 1.0
    return PieceVocabulary(pieces=pieces[kept], idf=idf)


def row_shares(rows: KnownRows) -> NDArray[np.float32]:
    """The weight of each row, float32 [rows]: those of a topic with many phrases weigh less."""
    counts = np.bincount(rows.row_topics)
    return np.asarray((counts.mean() / counts[rows.row_topics]) ** BALANCE, dtype=np.float32)


def on_step(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rounds weights so that every product and sum of a score is exact."""
    return np.asarray(np.rint(weights / WEIGHT_STEP) * WEIGHT_STEP)
