"""When an open loop sends: at a rate that no server slows down."""

import random
from collections.abc import Iterator


def arrivals(rate: float, seconds: float, *, even: bool, seed: int = 0) -> Iterator[float]:
    """The intended send times, in seconds from the beginning.

    Args:
        rate: Messages a second, on average.
        seconds: How long to send.
        even: As a clock ticks; else as customers come, independently of each other (Poisson).
        seed: Makes the same times again.
    """
    dice = random.Random(seed)  # noqa: S311  arrivals, not a secret
    at_s = 0.0 if even else dice.expovariate(rate)
    while at_s < seconds:
        yield at_s
        at_s += 1 / rate if even else dice.expovariate(rate)
