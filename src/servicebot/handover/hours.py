"""Whether people serve at an instant, and when they do next. Pure."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from servicebot.domain.desk_hours import Block, DeskHours
from servicebot.handover.holidays_of_china import is_holiday, makes_up_for_one

ZONE: Final = ZoneInfo("Asia/Shanghai")
_MONDAY: Final = 0
# No holiday lasts so long; a desk that stays shut longer has no next opening.
_LOOK_AHEAD_DAYS: Final = 400


def is_open(hours: DeskHours, at: datetime) -> bool:
    """Whether people serve at an instant."""
    day = at.astimezone(ZONE).date()
    return any(_instant(day, b.start_min) <= at < _end(day, b) for b in blocks_of(hours, day))


def opens_next(hours: DeskHours, after: datetime) -> datetime | None:
    """The first opening later than an instant, aware; None where there is none to be seen."""
    day = after.astimezone(ZONE).date()
    for _ in range(_LOOK_AHEAD_DAYS):
        for block in blocks_of(hours, day):
            start = _instant(day, block.start_min)
            if start > after:
                return start
        day += timedelta(days=1)
    return None


def opened_last(hours: DeskHours, at: datetime) -> datetime | None:
    """When the desk opened that is open at an instant; None where it is shut."""
    day = at.astimezone(ZONE).date()
    starts = (
        _instant(day, block.start_min)
        for block in blocks_of(hours, day)
        if _instant(day, block.start_min) <= at < _end(day, block)
    )
    return next(starts, None)


def closes_next(hours: DeskHours, at: datetime) -> datetime | None:
    """When the block ends in which an instant lies; None where the desk is shut."""
    day = at.astimezone(ZONE).date()
    ends = (
        _end(day, block)
        for block in blocks_of(hours, day)
        if _instant(day, block.start_min) <= at < _end(day, block)
    )
    return next(ends, None)


def blocks_of(hours: DeskHours, day: date) -> tuple[Block, ...]:
    """The blocks of a day: none on a closed day; a made-up working day is like a Monday."""
    if day in hours.closed:
        return ()
    if hours.holidays_closed and is_holiday(day):
        return ()
    made_up = hours.holidays_closed and makes_up_for_one(day)
    return hours.week[_MONDAY if made_up else day.weekday()]


def _instant(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(minutes // 60, minutes % 60), ZONE)


def _end(day: date, block: Block) -> datetime:
    return datetime.combine(day, time(), ZONE) + timedelta(minutes=block.end_min)
