"""Newton's method with halved steps, for the small concave fits of the confidence."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

_STEPS: Final = 50
_HALVINGS: Final = 30
_SMALL: Final = 1e-7

Weights = NDArray[np.float64]


def maximize(
    start: Weights,
    value: Callable[[Weights], float],
    slope: Callable[[Weights], tuple[Weights, NDArray[np.float64]]],
) -> Weights:
    """Climbs to the top of a strictly concave function.

    Args:
        start: Where to begin.
        value: The function.
        slope: Its gradient and its curvature (the negative Hessian, positive definite).
    """
    weights, height = start, value(start)
    for _ in range(_STEPS):
        gradient, curvature = slope(weights)
        step = np.linalg.solve(curvature, gradient)
        for _ in range(_HALVINGS):
            reached = value(weights + step)
            if reached >= height:
                break
            step = step / 2
        else:
            return weights
        weights, height = weights + step, reached
        if np.abs(step).max() < _SMALL:
            break
    return weights
