"""Arithmetic on calendar days; None where a day does not exist."""

import calendar
from datetime import date, timedelta

_MONTHS_IN_YEAR = 12


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_month(today: date, months: int) -> tuple[int, int]:
    """Year and month, `months` from that of `today`."""
    index = today.year * _MONTHS_IN_YEAR + today.month - 1 + months
    return index // _MONTHS_IN_YEAR, index % _MONTHS_IN_YEAR + 1


def month_end(today: date, months: int) -> date | None:
    """The last day of the month `months` from that of `today`."""
    year, month = shift_month(today, months)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month, calendar.monthrange(year, month)[1])


def day_of_month(today: date, months: int, day: int) -> date | None:
    """That day of the month `months` from that of `today`."""
    return real_date(*shift_month(today, months), day)


def coming_day(today: date, day: int) -> date | None:
    """The next `day`-th, today included; months that lack it are passed over."""
    for months in range(_MONTHS_IN_YEAR):
        found = day_of_month(today, months, day)
        if found is not None and found >= today:
            return found
    return None


def nearest_year(today: date, month: int, day: int) -> date | None:
    """That day in the year that brings it nearest to `today`; the coming one on a tie."""
    years = (today.year + 1, today.year, today.year - 1, today.year + 2, today.year - 2)
    found = [real for year in years if (real := real_date(year, month, day)) is not None]
    return min(found, key=lambda real: abs(real - today)) if found else None


def shift_days(today: date, days: int) -> date | None:
    """`days` from `today`, or None beyond the calendar."""
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def shift_same_day(today: date, months: int) -> date | None:
    """The same day `months` from now, or the month's last day where it is shorter."""
    end = month_end(today, months)
    return None if end is None else end.replace(day=min(today.day, end.day))


def week_day(today: date, weeks: int, day: int) -> date | None:
    """Day `day` (Monday is 0) of the week `weeks` from this one; weeks begin on Monday."""
    return shift_days(today, day - today.weekday() + 7 * weeks)


def coming_week_day(today: date, day: int) -> date | None:
    """The next such day, today included."""
    return shift_days(today, (day - today.weekday()) % 7)
