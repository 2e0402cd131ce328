"""Brings a vector to length 1 on a grid, so that rounding noise of float sums disappears."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

# What a vector may differ by between batch sizes and processors is far below half of this.
_GRID: Final = 2.0**-12


def to_unit_row(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 [dimension] of any length -> of length 1; zeros stay zeros."""
    wide = vector.astype(np.float64)
    wide /= float(np.sqrt(np.sum(wide * wide))) or 1.0
    rounded = np.rint(wide / _GRID) * _GRID
    length = float(np.sqrt(np.sum(rounded * rounded)))
    return np.asarray(rounded / (length or 1.0), dtype=np.float32)
