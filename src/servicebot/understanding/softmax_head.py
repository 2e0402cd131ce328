"""Multinomial logistic regression over the vector alone: sure where the classes lie close."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servicebot.understanding.classify_intent import round_inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftmaxHead:
    """Log odds of every topic, up to a constant that all share.

    Attributes:
        weights: float64 [dimension, topics], whole multiples of the weight step.
        biases: float64 [topics], likewise.
    """

    weights: NDArray[np.float64]
    biases: NDArray[np.float64]

    def score(self, vector: NDArray[np.float32]) -> NDArray[np.float64]:
        """Scores every topic for float32 [dimension] of length 1."""
        return np.asarray(round_inputs(vector) @ self.weights + self.biases)
