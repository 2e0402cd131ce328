"""Both heads of one language, fitted to the same topics."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servicebot.understanding.classify_intent import LinearHead
from servicebot.understanding.features import Pieces
from servicebot.understanding.softmax_head import SoftmaxHead


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Scores that no search gives: what all phrases of all topics say together.

    Attributes:
        linear: Over the vector and the pieces.
        softmax: Over the vector.
    """

    linear: LinearHead
    softmax: SoftmaxHead

    def score(self, vector: NDArray[np.float32], pieces: Pieces) -> NDArray[np.float64]:
        """float64 [2, topics] for a text's vector, of length 1, and its pieces."""
        return np.stack((self.linear.score(vector, pieces), self.softmax.score(vector)))
