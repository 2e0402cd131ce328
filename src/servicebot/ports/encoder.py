"""The port to a sentence encoder."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into vectors; calls may come from any thread."""

    @property
    def dimension(self) -> int:
        """Width of a vector."""

    @property
    def fingerprint(self) -> str:
        """A short hash of the weights and the tokenizer; changes when a vector may change."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encodes `texts`.

        Returns:
            float32 [len(texts), dimension], rows of length 1 (all zeros for a text with no
            known piece). The same text gives the same row, bit for bit, in any batch.
        """
