"""The arithmetic of the bundled encoder: a text is the sum of the rows of its pieces.

Rows are whole numbers, so a sum is exact in any order, on any machine and in any batch.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from servicebot.understanding.features import cut_pieces
from servicebot.understanding.normalize import normalize


def embed_bag(table: NDArray[np.int8], texts: Sequence[str]) -> NDArray[np.float32]:
    """Encodes `texts` with a table int8 [rows, dimension].

    Returns:
        float32 [len(texts), dimension], rows of length 1, all zeros for a text without pieces.
    """
    vectors = np.zeros((len(texts), table.shape[1]), dtype=np.float32)
    for number, text in enumerate(texts):
        pieces = cut_pieces(normalize(text)).all()
        if pieces:
            rows = np.fromiter((piece % table.shape[0] for piece in pieces), np.int64, len(pieces))
            vectors[number] = _unit(table[rows].sum(axis=0, dtype=np.int64))
    return vectors


def _unit(total: NDArray[np.int64]) -> NDArray[np.float32]:
    length = float(np.sqrt(np.float64(np.sum(total * total))))
    return (total / length).astype(np.float32) if length else total.astype(np.float32)
