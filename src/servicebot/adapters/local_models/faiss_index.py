"""An exact inner-product index in memory, by FAISS; built from the content, never read from disk."""

import faiss
import numpy as np
from numpy.typing import NDArray


class FaissIndex:
    """A flat index; searching is safe from any thread.

    Vectors are expected on the grid of `servicebot.understanding.retrieve_answer`: whole numbers from
    -127 to 127. Rows are kept as 8-bit numbers, a quarter of the memory that a search walks through,
    and float32 holds the sums of products exactly, so neither the batch nor the machine changes a
    score.
    """

    def __init__(self, rows: NDArray[np.float32]) -> None:
        """Copies float32 [rows, dimension] into the index."""
        kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
        self._index = faiss.IndexScalarQuantizer(rows.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        self._index.add(np.ascontiguousarray(rows))

    def search(
        self, query: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Finds the nearest rows; see `servicebot.ports.vector_index.VectorIndex.search`."""
        if allowed is None:
            scores, rows = self._index.search(query[None, :], min(count, self._index.ntotal))
            return scores[0], rows[0]
        # Named, because FAISS holds only the address of both.
        bits = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
        parameters = faiss.SearchParameters()
        parameters.sel = selector
        scores, rows = self._index.search(query[None, :], count, params=parameters)
        found = rows[0] >= 0
        return scores[0][found], rows[0][found]
