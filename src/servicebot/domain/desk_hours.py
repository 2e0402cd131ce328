"""When people serve and who they are, and how the settings write it."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

EVERY_DAY: Final = "1-7 09:00-21:00"
_DAY_MINUTES: Final = 24 * 60
_DAYS: Final = re.compile(r"([1-7])(?:-([1-7]))?")
_BLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_WRITE: Final = "write it like `1-5 09:00-12:00,13:00-21:00; 6-7 10:00-18:00`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of one day, in minutes from midnight in the bank's zone; the end is outside."""

    start_min: int
    end_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskHours:
    """The hours of the desk.

    Attributes:
        week: The blocks of Monday to Sunday, each day in order and apart.
        closed: Further days on which nobody serves.
        holidays_closed: Whether nobody serves on the public holidays of China. Then the working
            days that make up for them have the hours of a Monday.
    """

    week: tuple[tuple[Block, ...], ...]
    closed: frozenset[date] = frozenset()
    holidays_closed: bool = False


def parse_week(text: str) -> tuple[tuple[Block, ...], ...]:
    """The blocks of Monday to Sunday; a day that is not named has none.

    Raises:
        ValueError: It is not written as agreed, or nobody ever serves.
    """
    week: list[tuple[Block, ...]] = [()] * 7
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        days, _, blocks = part.partition(" ")
        for day in _days(days, part):
            if week[day]:
                raise ValueError(f"`{part}` names a day for the second time; {_WRITE}")
            week[day] = _blocks(blocks, part)
    if not any(week):
        raise ValueError(f"`{text}` names no hours; {_WRITE}")
    return tuple(week)


def parse_days(text: str) -> frozenset[date]:
    """Days written like `2027-02-05,2027-02-06`.

    Raises:
        ValueError: One of them is no day.
    """
    parts = filter(None, (piece.strip() for piece in text.split(",")))
    try:
        return frozenset(date.fromisoformat(part) for part in parts)
    except ValueError:
        raise ValueError(f"`{text}` holds what is no day; write days like 2027-02-05") from None


def parse_holidays(text: str) -> bool:
    """Whether public holidays are closed: `open` or `closed`.

    Raises:
        ValueError: It is neither.
    """
    if text.strip() not in {"open", "closed"}:
        raise ValueError(f"`{text}` must be `open` or `closed`")
    return text.strip() == "closed"


def _days(text: str, part: str) -> range:
    found = _DAYS.fullmatch(text)
    if found is None:
        raise ValueError(f"`{part}` begins with no weekday from 1 to 7; {_WRITE}")
    first = int(found[1])
    last = int(found[2] or first)
    if last < first:
        raise ValueError(f"`{part}` has its weekdays the wrong way round; {_WRITE}")
    return range(first - 1, last)


def _blocks(text: str, part: str) -> tuple[Block, ...]:
    blocks = tuple(_block(piece.strip(), part) for piece in text.split(","))
    for before, after in pairwise(blocks):
        if after.start_min <= before.end_min:
            raise ValueError(f"`{part}` has blocks that meet or are out of order; {_WRITE}")
    return blocks


def _block(text: str, part: str) -> Block:
    found = _BLOCK.fullmatch(text)
    if found is None:
        raise ValueError(f"`{part}` holds `{text}`, which is no block; {_WRITE}")
    hours, minutes = (int(found[1]), int(found[3])), (int(found[2]), int(found[4]))
    start, end = (hour * 60 + minute for hour, minute in zip(hours, minutes, strict=True))
    if max(minutes) > 59 or not start < end <= _DAY_MINUTES:  # noqa: PLR2004  minutes of an hour
        raise ValueError(f"`{text}` is no stretch of one day; {_WRITE}")
    return Block(start_min=start, end_min=end)


ALL_WEEK: Final = DeskHours(week=parse_week(EVERY_DAY))
