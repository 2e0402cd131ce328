"""Fits both heads to the rows of one language, also with some rows left out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servicebot.training.known_rows import KnownRows
from servicebot.training.ridge_head import RidgeFit, fit_ridge
from servicebot.training.softmax_fit import SoftmaxFit, prepare_softmax
from servicebot.understanding.heads import Heads


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadFits:
    """Both fits over the same rows."""

    ridge: RidgeFit
    softmax: SoftmaxFit

    def heads(self, *, without: NDArray[np.bool_] | None = None) -> Heads:
        """The heads over all rows, or over all but some of them."""
        return Heads(
            linear=self.ridge.head(without=without), softmax=self.softmax.head(without=without)
        )

    def without(self, groups: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores of every row by heads that never saw the row's group, [rows, 2, topics]."""
        return np.stack((self.ridge.without(groups), self.softmax.without(groups)), axis=1)


def fit_heads(rows: KnownRows) -> HeadFits:
    """Prepares both."""
    return HeadFits(ridge=fit_ridge(rows), softmax=prepare_softmax(rows))
