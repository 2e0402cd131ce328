"""An exact inner-product index by FAISS over rows that lie in the memory of somebody else."""

import faiss
import numpy as np
from numpy.typing import NDArray


class FaissIndex:
    """A flat index; searching is safe from any thread.

    The rows are read where they lie, so that processes which map the same file share them.
    """

    def __init__(self, packed: NDArray[np.uint8]) -> None:
        """Opens what `pack_rows` made.

        Args:
            packed: uint8 [bytes], in one piece; may be read-only, and is kept as long as the index.

        Raises:
            ValueError: This FAISS cannot read it.
        """
        self._packed = packed
        try:
            reader = faiss.ZeroCopyIOReader(  # type: ignore[attr-defined]  # not in its stubs
                faiss.swig_ptr(packed), packed.size
            )
            self._index = faiss.read_index(reader)
        except RuntimeError as error:
            raise ValueError(f"this is no index that FAISS can read: {error}") from error

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


def pack_rows(rows: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Vectors -> the bytes of an index over them.

    Vectors are expected on the grid of `servicebot.understanding.retrieve_answer`: whole numbers from
    -127 to 127. Rows are kept as 8-bit numbers, a quarter of the memory that a search walks through,
    and float32 holds the sums of products exactly, so neither the batch nor the machine changes a
    score.

    Args:
        rows: float32 [rows, dimension].

    Returns:
        uint8 [bytes].
    """
    kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
    index = faiss.IndexScalarQuantizer(rows.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    index.add(np.ascontiguousarray(rows))
    packed: NDArray[np.uint8] = faiss.serialize_index(index)
    return packed
