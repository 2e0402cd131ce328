"""Fits the intent head: logistic regression by L-BFGS, also with some rows left out."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import cross_entropy, embedding_bag

from servicebot.training.known_rows import KnownRows
from servicebot.understanding.classify_intent import (
    BUCKETS,
    WEIGHT_STEP,
    IntentHead,
    PieceVocabulary,
    round_inputs,
)

# Of the squared weights: measured, see benchmarks/understanding/EXPERIMENTS.md.
_PENALTY: Final = 0.1
# 1 would give every topic the same total weight, 0 every row.
_BALANCE: Final = 0.5
_STEPS: Final = 30
_REMEMBERED: Final = 10

_Weights = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadFit:
    """The rows of one language, ready to be fitted to.

    Attributes:
        vocabulary: The pieces of the rows.
        vectors: float32 [rows, dimension], rounded as the head will see them.
        buckets: int64, those of all rows' pieces, row after row.
        values: float32, one for each bucket.
        starts: int64 [rows], where each row's buckets begin.
        topics: int64 [rows].
        shares: float32 [rows], the weight of each row.
        topic_count: Columns of every score.
    """

    vocabulary: PieceVocabulary
    vectors: torch.Tensor
    buckets: torch.Tensor
    values: torch.Tensor
    starts: torch.Tensor
    topics: torch.Tensor
    shares: torch.Tensor
    topic_count: int

    def head(self, *, without: NDArray[np.bool_] | None = None) -> IntentHead:
        """The head over all rows, or over all but some of them."""
        vector_weights, piece_weights, biases = map(_on_step, self._weights(without))
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

    def _weights(self, without: NDArray[np.bool_] | None) -> _Weights:
        """Found from zero, so that nothing of another fit lingers."""
        shares = self.shares if without is None else self.shares * torch.from_numpy(~without)
        weights = (
            torch.zeros(self.vectors.shape[1], self.topic_count, requires_grad=True),
            torch.zeros(BUCKETS, self.topic_count, requires_grad=True),
            torch.zeros(self.topic_count, requires_grad=True),
        )
        optimizer = torch.optim.LBFGS(
            weights, max_iter=_STEPS, history_size=_REMEMBERED, line_search_fn="strong_wolfe"
        )

        def loss() -> torch.Tensor:
            optimizer.zero_grad()
            wrong = cross_entropy(self._scores(weights), self.topics, reduction="none") @ shares
            squares = weights[0].square().sum() + weights[1].square().sum()
            total = (wrong + _PENALTY / 2 * squares) / len(self.topics)
            total.backward()  # type: ignore[no-untyped-call] # torch leaves it unannotated
            return total

        optimizer.step(loss)  # type: ignore[no-untyped-call] # likewise
        return weights[0].detach(), weights[1].detach(), weights[2].detach()

    def _scores(self, weights: _Weights) -> torch.Tensor:
        vector_weights, piece_weights, biases = weights
        pieces = embedding_bag(
            self.buckets, piece_weights, self.starts, mode="sum", per_sample_weights=self.values
        )
        return torch.addmm(biases, self.vectors, vector_weights) + pieces


def prepare_head(rows: KnownRows) -> HeadFit:
    """Cuts and rounds the rows of one language as the head will see them."""
    vocabulary = _vocabulary(rows)
    cut = [vocabulary.inputs(pieces) for pieces in rows.pieces]
    sizes = [len(buckets) for buckets, _ in cut]
    return HeadFit(
        vocabulary=vocabulary,
        vectors=torch.from_numpy(round_inputs(rows.vectors).astype(np.float32)),
        buckets=torch.from_numpy(np.concatenate([buckets for buckets, _ in cut])),
        values=torch.from_numpy(np.concatenate([values for _, values in cut]).astype(np.float32)),
        starts=torch.from_numpy(np.cumsum([0, *sizes[:-1]])),
        topics=torch.from_numpy(rows.row_topics),
        shares=torch.from_numpy(_shares(rows)),
        topic_count=len(rows.topics),
    )


def _vocabulary(rows: KnownRows) -> PieceVocabulary:
    """Every piece of the rows; those of one row only would merely repeat the row's number."""
    unique = [np.unique(np.array(pieces.all(), dtype=np.uint32)) for pieces in rows.pieces]
    pieces, counts = np.unique(np.concatenate(unique), return_counts=True)
    kept = counts > 1
    idf = np.log((1.0 + len(rows.texts)) / (1.0 + counts[kept])) + 1.0
    return PieceVocabulary(pieces=pieces[kept], idf=idf)


def _shares(rows: KnownRows) -> NDArray[np.float32]:
    """The weight of each row, float32 [rows]: those of a topic with many phrases weigh less."""
    counts = np.bincount(rows.row_topics)
    return np.asarray((counts.mean() / counts[rows.row_topics]) ** _BALANCE, dtype=np.float32)


def _on_step(weights: torch.Tensor) -> NDArray[np.float64]:
    """Rounds weights so that every product and sum of a score is exact."""
    exact = weights.numpy().astype(np.float64)
    return np.asarray(np.rint(exact / WEIGHT_STEP) * WEIGHT_STEP)
