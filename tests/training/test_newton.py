"""The top is found from afar, where a full step would fly past it."""

import numpy as np
from numpy.typing import NDArray

from servicebot.training.newton import maximize


def test_the_top_of_a_flat_hill_is_found_from_afar() -> None:
    top = np.array([3.0, -2.0])

    def value(weights: NDArray[np.float64]) -> float:
        return float(-np.logaddexp(weights - top, top - weights).sum())

    def slope(
        weights: NDArray[np.float64],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        lean = np.tanh(weights - top)
        return -lean, np.diag(1 - lean**2 + 1e-9)

    np.testing.assert_allclose(maximize(np.array([8.0, 5.0]), value, slope), top, atol=1e-6)
