"""How long something lasts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A length of time, as it was said: 一个半月 is one month and 15 days, never 45 days.

    Attributes:
        months: Whole months. A year is twelve, a quarter three; an instalment (期) is one, since
            instalments are monthly.
        days: Days besides. A week is seven, half a month 15.
    """

    months: int = 0
    days: int = 0
