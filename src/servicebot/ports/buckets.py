"""The port to token buckets that all processes of an installation fill and empty together."""

from typing import Protocol

from servicebot.domain.rates import Rate


class Buckets(Protocol):
    """One bucket per name; full at first, forgotten once it is full again.

    What it keeps is bounded: whoever comes with ever new names fills neither memory nor store.
    """

    async def take(self, name: str, rate: Rate) -> float:
        """Takes one; 0 where it was there, else in how many seconds one will be, and none is taken.

        A name's rate is the same with every call. At most `at_once` are taken at an instant, and
        in `t` seconds at most `at_once + per_s * t`.

        Raises:
            UnavailableError: The store does not answer.
        """
