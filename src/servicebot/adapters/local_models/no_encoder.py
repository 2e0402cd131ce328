"""Stands in where no encoder can be used: nothing is known by vector, words and sounds decide."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class NoEncoder:
    """Gives every text the zero vector, so that search and head work with the rest."""

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        return 1

    @property
    def fingerprint(self) -> str:
        """Its own, so that what is fitted without an encoder is never used with one."""
        return "no-encoder"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Zeros; see `servicebot.ports.encoder.Encoder.encode`."""
        return np.zeros((len(texts), self.dimension), dtype=np.float32)
