"""Fits the intent head: logistic regression by L-BFGS, also with some rows left out."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import embedding_bag, log_softmax, nll_loss

from servicebot.training.known_rows import KnownRows
from servicebot.understanding.classify_intent import (
    BUCKETS,
    FAMILY_SHARES,
    WEIGHT_STEP,
    IntentHead,
    PieceVocabulary,
    round_inputs,
)
from servicebot.understanding.features import count_pieces

# 1 would give every topic the same total weight, 0 every row.
_BALANCE: Final = 0.5
_STEPS: Final = 30
_STEPS_LEFT: Final = 8  # from a head over nearly the same rows
_REMEMBERED: Final = 10

_Weights = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadShape:
    """How a head reads its rows: measured, see benchmarks/understanding/EXPERIMENTS.md.

    Attributes:
        buckets: Of the pieces.
        shares: How long the parts of grams, subwords and pinyin are beside the vector.
        penalty: Of the squared weights.
    """

    buckets: int = BUCKETS
    shares: tuple[float, ...] = FAMILY_SHARES
    penalty: float = 0.1


OF_TOPICS: Final = HeadShape()


@dataclass(frozen=True, slots=True, kw_only=True)
class SparseMatrix:
    """A matrix with few values, multiplied from the left.

    Attributes:
        columns: int64, those of all rows' values, row after row; one may come several times.
        values: float32 beside them.
        starts: int64 [rows], where each row's values begin.
    """

    columns: torch.Tensor
    values: torch.Tensor
    starts: torch.Tensor

    def __matmul__(self, dense: torch.Tensor) -> torch.Tensor:
        """float32 [rows, width] from float32 [columns, width]."""
        return embedding_bag(
            self.columns, dense, self.starts, mode="sum", per_sample_weights=self.values
        )

    def turned(self, columns: int) -> "SparseMatrix":
        """The transposed matrix; this one has so many columns."""
        order = torch.argsort(self.columns, stable=True)
        ends = torch.cat((self.starts[1:], torch.tensor([len(self.columns)])))
        rows = torch.repeat_interleave(torch.arange(len(self.starts)), ends - self.starts)
        starts = torch.searchsorted(self.columns[order], torch.arange(columns))
        return SparseMatrix(columns=rows[order], values=self.values[order], starts=starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadFit:
    """The rows of one language, ready to be fitted to.

    Attributes:
        vocabulary: The pieces of the rows.
        vectors: float32 [rows, dimension], rounded as the head will see them.
        pieces: [rows, buckets], the values of the rows' pieces.
        turned: The same, transposed.
        topics: int64 [rows].
        shares: float32 [rows], the weight of each row.
        topic_count: Columns of every score.
        penalty: Of the squared weights.
    """

    vocabulary: PieceVocabulary
    vectors: torch.Tensor
    pieces: SparseMatrix
    turned: SparseMatrix
    topics: torch.Tensor
    shares: torch.Tensor
    topic_count: int
    penalty: float

    def head(
        self, *, without: NDArray[np.bool_] | None = None, start: IntentHead | None = None
    ) -> IntentHead:
        """The head over all rows, or over all but some of them.

        Args:
            without: The rows to leave out.
            start: A head of the same shape over nearly the same rows: few steps are left to go.
        """
        vector_weights, piece_weights, biases = map(_on_step, self._weights(without, start))
        return IntentHead(
            vocabulary=self.vocabulary,
            vector_weights=vector_weights,
            piece_weights=piece_weights.astype(np.float32),
            biases=biases,
        )

    def without(self, groups: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores of every row by a head that never saw the row's group, [rows, topics]."""
        scores = np.empty((len(groups), self.topic_count), dtype=np.float32)
        for group in np.unique(groups):
            out = groups == group
            scores[out] = self._scores(self._weights(out)).numpy()[out]
        return scores

    def _weights(
        self, without: NDArray[np.bool_] | None, start: IntentHead | None = None
    ) -> _Weights:
        """Found from zero where nothing of another fit may linger."""
        shares = self.shares if without is None else self.shares * torch.from_numpy(~without)
        weights = self._zeros() if start is None else _weights_of(start)
        optimizer = torch.optim.LBFGS(
            weights,
            max_iter=_STEPS if start is None else _STEPS_LEFT,
            history_size=_REMEMBERED,
            line_search_fn="strong_wolfe",
        )
        optimizer.step(lambda: self._descend(weights, shares))  # type: ignore[no-untyped-call] # torch leaves it unannotated
        return weights

    def _zeros(self) -> _Weights:
        return (
            torch.zeros(self.vectors.shape[1], self.topic_count),
            torch.zeros(self.vocabulary.buckets, self.topic_count),
            torch.zeros(self.topic_count),
        )

    @torch.no_grad()
    def _descend(self, weights: _Weights, shares: torch.Tensor) -> torch.Tensor:
        """The loss per row; leaves the gradients beside the weights.

        Written out, because torch finds that of the pieces in three times the time.
        """
        count = len(self.topics)
        likely = log_softmax(self._scores(weights), dim=1)
        wrong = nll_loss(likely, self.topics, reduction="none") @ shares
        slope = likely.exp_()
        slope[torch.arange(count), self.topics] -= 1
        slope *= shares[:, None] / count
        vector_weights, piece_weights, biases = weights
        vector_weights.grad = self.vectors.T @ slope + self.penalty / count * vector_weights
        piece_weights.grad = self.turned @ slope + self.penalty / count * piece_weights
        biases.grad = slope.sum(dim=0)
        squares = vector_weights.square().sum() + piece_weights.square().sum()
        return (wrong + self.penalty / 2 * squares) / count

    def _scores(self, weights: _Weights) -> torch.Tensor:
        vector_weights, piece_weights, biases = weights
        return torch.addmm(biases, self.vectors, vector_weights) + self.pieces @ piece_weights


def prepare_head(rows: KnownRows, shape: HeadShape = OF_TOPICS) -> HeadFit:
    """Cuts and rounds the rows of one language as the head will see them."""
    vocabulary = _vocabulary(rows, shape)
    cut = [vocabulary.inputs(count_pieces(pieces)) for pieces in rows.pieces]
    sizes = [len(inputs.buckets) for inputs in cut]
    pieces = SparseMatrix(
        columns=torch.from_numpy(np.concatenate([inputs.buckets for inputs in cut])),
        values=torch.from_numpy(
            np.concatenate([inputs.values for inputs in cut]).astype(np.float32)
        ),
        starts=torch.from_numpy(np.cumsum([0, *sizes[:-1]])),
    )
    return HeadFit(
        vocabulary=vocabulary,
        vectors=torch.from_numpy(round_inputs(rows.vectors).astype(np.float32)),
        pieces=pieces,
        turned=pieces.turned(shape.buckets),
        topics=torch.from_numpy(rows.row_topics),
        shares=torch.from_numpy(_shares(rows)),
        topic_count=len(rows.topics),
        penalty=shape.penalty,
    )


def _vocabulary(rows: KnownRows, shape: HeadShape) -> PieceVocabulary:
    """Every piece of the rows; those of one row only would merely repeat the row's number."""
    unique = [np.unique(np.array(pieces.all(), dtype=np.uint32)) for pieces in rows.pieces]
    pieces, counts = np.unique(np.concatenate(unique), return_counts=True)
    kept = counts > 1
    idf = np.log((1.0 + len(rows.texts)) / (1.0 + counts[kept])) + 1.0
    return PieceVocabulary(pieces=pieces[kept], idf=idf, buckets=shape.buckets, shares=shape.shares)


def _shares(rows: KnownRows) -> NDArray[np.float32]:
    """The weight of each row, float32 [rows]: those of a topic with many phrases weigh less."""
    counts = np.bincount(rows.row_topics)
    return np.asarray((counts.mean() / counts[rows.row_topics]) ** _BALANCE, dtype=np.float32)


def _weights_of(head: IntentHead) -> _Weights:
    found = (head.vector_weights, head.piece_weights, head.biases)
    vector_weights, piece_weights, biases = (
        torch.from_numpy(np.array(weights, dtype=np.float32, order="C")) for weights in found
    )
    return vector_weights, piece_weights, biases


def _on_step(weights: torch.Tensor) -> NDArray[np.float64]:
    """Rounds weights so that every product and sum of a score is exact."""
    exact = weights.numpy().astype(np.float64)
    return np.asarray(np.rint(exact / WEIGHT_STEP) * WEIGHT_STEP)
