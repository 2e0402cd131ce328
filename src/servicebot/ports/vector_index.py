"""The port to a nearest-neighbour index over row vectors."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class VectorIndex(Protocol):
    """An exact inner-product index over a fixed set of rows."""

    def search(
        self, query: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Finds the nearest of the allowed rows.

        Args:
            query: float32 [dimension].
            count: The most rows to find.
            allowed: bool [rows], or None for all.

        Returns:
            Scores float32 [found], best first, and row numbers int64 [found].
        """


class BatchIndex(Protocol):
    """The same, searched whole and for several queries at once."""

    def search_all(
        self, queries: NDArray[np.float32], count: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Finds the nearest rows of each query.

        Args:
            queries: float32 [queries, dimension].
            count: The most rows to find.

        Returns:
            Scores and row numbers, both int64 [queries, found], in no order. Of rows with the same
            score at the end of the list any may be left out.
        """
