"""An exact inner-product index in memory, by FAISS; built from the content, never read from disk."""

import faiss
import numpy as np
from numpy.typing import NDArray


class FaissIndex:
    """A flat index; searching is safe from any thread.

    Vectors are expected on the grid of `servicebot.understanding.retrieve_answer`: whole numbers up
    to 2,048, which 16-bit floats hold exactly in half of the memory that a search walks through,
    and whose products float32 holds exactly, so neither the batch nor the machine changes a score.
    """

    def __init__(self, rows: NDArray[np.float32]) -> None:
        """Copies float32 [rows, dimension] into the index."""
        halves = faiss.ScalarQuantizer.QT_fp16
        self._index = faiss.IndexScalarQuantizer(rows.shape[1], halves, faiss.METRIC_INNER_PRODUCT)
        self._index.add(np.ascontiguousarray(rows))

    def search(
        self, queries: NDArray[np.float32], count: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Finds the nearest rows; see `servicebot.ports.vector_index.VectorIndex.search`."""
        scores, rows = self._index.search(np.ascontiguousarray(queries), count)
        return scores, rows
