"""Fits the softmax head: logistic regression by L-BFGS, also with some rows left out."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import cross_entropy

from servicebot.training.known_rows import KnownRows
from servicebot.training.ridge_head import on_step, row_shares
from servicebot.understanding.classify_intent import DENSE_SHARE, round_inputs
from servicebot.understanding.softmax_head import SoftmaxHead

# Of the squared weights over unit vectors: measured, see benchmarks/understanding/EXPERIMENTS.md.
PENALTY: Final = 0.1 / DENSE_SHARE**2
_STEPS: Final = 30
_REMEMBERED: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftmaxFit:
    """The rows of one language, ready to be fitted to.

    Attributes:
        inputs: float32 [rows, dimension].
        topics: int64 [rows].
        shares: float32 [rows], the weight of each row.
        topic_count: Columns of every score.
    """

    inputs: torch.Tensor
    topics: torch.Tensor
    shares: torch.Tensor
    topic_count: int

    def head(self, *, without: NDArray[np.bool_] | None = None) -> SoftmaxHead:
        """The head over all rows, or over all but some of them."""
        weights = self._weights(without).numpy().astype(np.float64)
        return SoftmaxHead(weights=on_step(weights[:-1]), biases=on_step(weights[-1]))

    def without(self, groups: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores of every row by a head that never saw the row's group, [rows, topics]."""
        scores = np.empty((len(groups), self.topic_count), dtype=np.float32)
        for group in np.unique(groups):
            out = groups == group
            weights = self._weights(out)
            inputs = self.inputs[torch.from_numpy(out)]
            scores[out] = (inputs @ weights[:-1] + weights[-1]).numpy()
        return scores

    def _weights(self, without: NDArray[np.bool_] | None) -> torch.Tensor:
        """float32 [dimension + 1, topics], the biases last; from zero, so that nothing lingers."""
        inputs, topics, shares = self.inputs, self.topics, self.shares
        if without is not None:
            kept = torch.from_numpy(~without)
            inputs, topics, shares = inputs[kept], topics[kept], shares[kept]
        weights = torch.zeros(inputs.shape[1] + 1, self.topic_count, requires_grad=True)
        optimizer = torch.optim.LBFGS(
            [weights], max_iter=_STEPS, history_size=_REMEMBERED, line_search_fn="strong_wolfe"
        )

        def loss() -> torch.Tensor:
            optimizer.zero_grad()
            found = torch.addmm(weights[-1], inputs, weights[:-1])
            wrong = (cross_entropy(found, topics, reduction="none") * shares).sum()
            total = (wrong + PENALTY / 2 * weights[:-1].square().sum()) / len(topics)
            total.backward()  # type: ignore[no-untyped-call] # torch leaves it unannotated
            return total

        optimizer.step(loss)  # type: ignore[no-untyped-call] # likewise
        return weights.detach()


def prepare_softmax(rows: KnownRows) -> SoftmaxFit:
    """Rounds the vectors of one language as the head will see them."""
    return SoftmaxFit(
        inputs=torch.from_numpy(round_inputs(rows.vectors).astype(np.float32)),
        topics=torch.from_numpy(rows.row_topics),
        shares=torch.from_numpy(row_shares(rows)),
        topic_count=len(rows.topics),
    )
