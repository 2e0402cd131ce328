"""How long customers waited lately, told honestly: an interval, or nothing."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil, floor
from typing import Final

from servicebot.domain.desk_facts import Wait

LEAST_TICKETS: Final = 5
_ONE_IN_TEN: Final = 0.1
_ROUND_FROM_MIN: Final = 10
_ROUND_TO_MIN: Final = 5


def wait_of(waits: Sequence[timedelta]) -> Wait | None:
    """The 10th to the 90th percentile in minutes; None where too few were taken to say.

    Both ends are rounded outwards, from ten minutes on to whole fives: nobody is promised more
    than was so.
    """
    if len(waits) < LEAST_TICKETS:
        return None
    minutes = sorted(max(one.total_seconds(), 0.0) / 60 for one in waits)
    least = _rounded(_quantile(minutes, _ONE_IN_TEN), up=False)
    most = _rounded(_quantile(minutes, 1 - _ONE_IN_TEN), up=True)
    return Wait(least_min=least, most_min=max(most, least + 1))


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Between the two values around a share."""
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _rounded(minutes: float, *, up: bool) -> int:
    step = _ROUND_TO_MIN if minutes >= _ROUND_FROM_MIN else 1
    steps = minutes / step
    return (ceil(steps) if up else floor(steps)) * step
