"""Dates in both languages, relative to the bank's today."""

from datetime import date

from servicebot.understanding.slots.chinese_dates import find_chinese_dates
from servicebot.understanding.slots.english_dates import find_english_dates
from servicebot.understanding.slots.span import Span


def find_dates(text: str, *, today: date) -> tuple[Span, ...]:
    """Finds dates in a normalized text.

    A day without a month (5号, `the 5th`) is the next one, today included. A day and month without
    a year (12月5日) is the nearest one. 下周三 and `next Friday` mean the week after this one.

    Args:
        text: Normalized.
        today: The date at the bank, in its own time zone.
    """
    return find_chinese_dates(text, today=today) + find_english_dates(text, today=today)
