"""The public holidays of China and the weekend days that are worked to make up for them."""

from datetime import date
from functools import cache

from holidays import HolidayBase, country_holidays


def is_holiday(day: date) -> bool:
    """Whether a day is free by law; moved days count where the calendar of the year is known."""
    return day in _calendar(day.year)


def makes_up_for_one(day: date) -> bool:
    """Whether a day of a weekend is worked; known only once the state has published the year."""
    return day in _calendar(day.year).weekend_workdays


@cache
def _calendar(year: int) -> HolidayBase:
    """A year with its neighbours: the days around New Year are moved across it."""
    return country_holidays("CN", years=(year - 1, year, year + 1))
