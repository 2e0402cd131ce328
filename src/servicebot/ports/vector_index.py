"""The port to a nearest-neighbour index over row vectors."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class VectorIndex(Protocol):
    """An exact inner-product index over a fixed set of rows."""

    def search(
        self, queries: NDArray[np.float32], count: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Finds the nearest rows.

        Args:
            queries: float32 [n, dimension].
            count: How many rows per query.

        Returns:
            Scores float32 [n, count], best first, and row numbers int64 [n, count]; -1 pads.
        """
