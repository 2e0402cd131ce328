"""Fits the linear head in closed form, with the scores each row gets from a head without it.

Ridge regression on one-hot topics, solved over rows: A = X X' + diag(penalty), alpha = A^-1 Y.
The scores of a group of rows by a head that never saw the group follow from the same inverse
(residual = (A^-1)_GG^-1 alpha_G), so honest scores for every fold cost no second fit.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from servicebot.training.known_rows import KnownRows
from servicebot.understanding.classify_intent import (
    DENSE_SHARE,
    WEIGHT_STEP,
    LinearHead,
    PieceVocabulary,
)

PENALTY: Final = 1.0
# 1 would give every topic the same total weight, 0 every row.
BALANCE: Final = 0.5
_EXACT_ROWS: Final = 6000


@dataclass(frozen=True, slots=True, kw_only=True)
class RidgeFit:
    """A solved head.

    Attributes:
        vocabulary: The pieces of the rows.
        inputs: Piece values, sparse [rows, pieces].
        inverse: float64 [rows, rows], A^-1.
        alpha: float64 [rows, topics].
        targets: float64 [rows, topics].
    """

    vocabulary: PieceVocabulary
    inputs: csr_matrix
    inverse: NDArray[np.float64]
    alpha: NDArray[np.float64]
    targets: NDArray[np.float64]

    def without(self, groups: NDArray[np.int64]) -> NDArray[np.float64]:
        """Scores of every row by a head that never saw the row's group, [rows, topics]."""
        scores = np.empty_like(self.targets)
        for group in np.unique(groups):
            rows = np.flatnonzero(groups == group)
            block = self.inverse[np.ix_(rows, rows)]
            residual = np.linalg.solve(block, self.alpha[rows])
            scores[rows] = self.targets[rows] - residual
        return scores

    def head(self, vectors: NDArray[np.float32]) -> LinearHead:
        """The head over all rows; `vectors` are those of the rows."""
        piece_weights = np.asarray(self.inputs.T @ self.alpha)
        vector_weights = (vectors.astype(np.float64) * DENSE_SHARE).T @ self.alpha
        return LinearHead(
            vocabulary=self.vocabulary,
            piece_weights=_on_step(piece_weights),
            vector_weights=_on_step(vector_weights),
        )


def fit_ridge(rows: KnownRows) -> RidgeFit:
    """Solves the head for all rows of one language."""
    vocabulary = _vocabulary(rows)
    inputs = _inputs(rows, vocabulary)
    dense = rows.vectors.astype(np.float64) * DENSE_SHARE
    kernel = np.asarray((inputs @ inputs.T).todense()) + dense @ dense.T
    counts = np.bincount(rows.row_topics)
    share = counts.mean() / counts[rows.row_topics]
    kernel[np.diag_indices(len(kernel))] += PENALTY / share**BALANCE
    inverse = _invert(kernel)
    targets = np.eye(len(rows.topics))[rows.row_topics]
    return RidgeFit(
        vocabulary=vocabulary,
        inputs=inputs,
        inverse=inverse,
        alpha=inverse @ targets,
        targets=targets,
    )


def _invert(kernel: NDArray[np.float64]) -> NDArray[np.float64]:
    """The inverse by Cholesky's factor; large kernels in single precision, twice as fast."""
    import torch  # noqa: PLC0415  seconds of imports that fitted parts from the cache need not pay

    matrix = torch.from_numpy(kernel if len(kernel) <= _EXACT_ROWS else kernel.astype(np.float32))
    factor = torch.linalg.cholesky(matrix)
    return np.asarray(torch.cholesky_inverse(factor).numpy()).astype(np.float64)


def _vocabulary(rows: KnownRows) -> PieceVocabulary:
    """Every piece of the rows; those of one row only would merely repeat the row's number."""
    unique = [np.unique(np.array(pieces.all(), dtype=np.uint32)) for pieces in rows.pieces]
    pieces, counts = np.unique(np.concatenate(unique), return_counts=True)
    kept = counts > 1
    idf = np.log((1.0 + len(rows.texts)) / (1.0 + counts[kept])) + 1.0
    return PieceVocabulary(pieces=pieces[kept], idf=idf)


def _inputs(rows: KnownRows, vocabulary: PieceVocabulary) -> csr_matrix:
    found = [vocabulary.inputs(pieces) for pieces in rows.pieces]
    starts = np.concatenate(([0], np.cumsum([len(places) for places, _ in found])))
    places = np.concatenate([places for places, _ in found])
    values = np.concatenate([values for _, values in found])
    shape = (len(rows.texts), len(vocabulary.pieces))
    return csr_matrix((values, places, starts), shape=shape)


def _on_step(weights: NDArray[np.float64]) -> NDArray[np.float32]:
    return (np.rint(weights / WEIGHT_STEP) * WEIGHT_STEP).astype(np.float32)
