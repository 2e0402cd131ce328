"""Asks a batch of questions one by one and keeps the time of each."""

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

Ranking = tuple[tuple[str, float], ...]


def ask_each(
    rank: Callable[[str], Ranking], texts: Sequence[str]
) -> tuple[tuple[Ranking, ...], NDArray[np.float64]]:
    """The ranking of every text and the milliseconds each took; the first text warms up."""
    rank(texts[0])
    rankings, times_ms = [], np.empty(len(texts))
    for number, text in enumerate(texts):
        begun = perf_counter()
        rankings.append(rank(text))
        times_ms[number] = (perf_counter() - begun) * 1000
    return tuple(rankings), times_ms
