"""English and written dates: tomorrow, next Friday, end of month, the 5th, 5 Dec, 2026-12-05."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import islice
from typing import Final

from servicebot.understanding.slots.calendar_days import (
    coming_day,
    coming_week_day,
    day_of_month,
    month_end,
    nearest_year,
    real_date,
    shift_days,
    shift_same_day,
    week_day,
)
from servicebot.understanding.slots.english_numbers import SMALL
from servicebot.understanding.slots.span import Span

_NAMED: Final = {
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "tomorrow": 1,
    "tmr": 1,
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
}
_WEEKDAYS: Final = {
    name: day
    for day, names in enumerate(
        (
            ("monday", "mon"),
            ("tuesday", "tues", "tue"),
            ("wednesday", "wed"),
            ("thursday", "thurs", "thu"),
            ("friday", "fri"),
            ("saturday", "sat"),
            ("sunday", "sun"),
        )
    )
    for name in names
}
_MONTHS: Final = {
    name: number
    for number, full in enumerate(
        (
            *("january", "february", "march", "april", "may", "june", "july"),
            *("august", "september", "october", "november", "december"),
        ),
        start=1,
    )
    for name in {full, full[:3]}
} | {"sept": 9}
_SHIFTS: Final = {"next": 1, "this": 0, "last": -1}
_MOST_DATES: Final = 20
_DAY: Final = r"\d{1,2}"


def _either(words: Mapping[str, int]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_PATTERN: Final = re.compile(
    rf"\b(?P<named>{_either(_NAMED)})\b"
    r"|(?<![\d.])(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![\d.]*\d)"
    r"|(?<![\d./])(?P<slash_month>\d{1,2})/(?P<slash_day>\d{1,2})(?![\d/.]*\d)"
    rf"|\b(?P<month_first>{_either(_MONTHS)})\.? (?P<day_second>{_DAY})(?:st|nd|rd|th)?(?:,? (?P<year_third>\d{{4}}))?(?![\d,.]*\d)"
    rf"|\b(?:the )?(?P<day_first>{_DAY})(?:st|nd|rd|th)?(?: of)? (?P<month_second>{_either(_MONTHS)})\b(?:,? (?P<year_last>\d{{4}}))?"
    r"|\b(?:the )?(?:(?:end|last day) of (?:the |this )?month|month[ -]end)\b(?P<end>)"
    r"|\b(?:the )?(?:end|last day) of (?P<end_shift>next|last) month\b"
    rf"|\b(?:(?P<week_shift>next|this|last) )?(?P<weekday>{_either(_WEEKDAYS)})\b"
    r"|\bin (?P<count>\d{1,2}|[a-z]+) (?P<unit>day|week|month)s?\b(?! (?:payment|instal))"
    r"|\b(?P<count_later>\d{1,2}) (?P<unit_later>day|week|month)s? (?P<side>later|from now|ago)\b"
    rf"|\b(?:the|on|by|before|until) (?P<day_only>{_DAY})(?:st|nd|rd|th)\b(?! (?:one|loan|draw|card|option|payment|time))(?: of (?P<month_shift>this|next|last) month)?",
)


def find_english_dates(text: str, *, today: date) -> tuple[Span, ...]:
    """Finds dates in a normalized text; those the calendar lacks are left out."""
    spans = []
    for match in islice(_PATTERN.finditer(text), _MOST_DATES):
        value = _value(match, today)
        if value is not None:
            spans.append(Span(start=match.start(), end=match.end(), value=value))
    return tuple(spans)


def _value(match: re.Match[str], today: date) -> date | None:
    """Asks the reader of whichever alternative matched."""
    groups = {name: found for name, found in match.groupdict().items() if found is not None}
    for name, read in _READERS.items():
        if name in groups:
            return read(groups, today)
    return None


def _calendar_date(groups: Mapping[str, str], today: date) -> date | None:
    month = groups.get("month_first") or groups.get("month_second") or ""
    day = int(groups.get("day_second") or groups.get("day_first") or 0)
    year = groups.get("year_third") or groups.get("year_last")
    if year:
        return real_date(int(year), _MONTHS[month], day)
    return nearest_year(today, _MONTHS[month], day)


def _weekday(groups: Mapping[str, str], today: date) -> date | None:
    day, shift = _WEEKDAYS[groups["weekday"]], groups.get("week_shift")
    if shift in {"next", "last"}:
        return week_day(today, _SHIFTS[shift], day)
    return coming_week_day(today, day)


def _in_days(groups: Mapping[str, str], today: date) -> date | None:
    word = groups["count"]
    count = int(word) if word.isdigit() else {"a": 1, "an": 1, **SMALL}.get(word)
    return None if count is None else _shift(today, count, groups["unit"])


def _days_later(groups: Mapping[str, str], today: date) -> date | None:
    sign = -1 if groups["side"] == "ago" else 1
    return _shift(today, sign * int(groups["count_later"]), groups["unit_later"])


def _shift(today: date, count: int, unit: str) -> date | None:
    if unit == "month":
        return shift_same_day(today, count)
    return shift_days(today, count * (7 if unit == "week" else 1))


def _day_of_month(groups: Mapping[str, str], today: date) -> date | None:
    day, shift = int(groups["day_only"]), groups.get("month_shift")
    return coming_day(today, day) if shift is None else day_of_month(today, _SHIFTS[shift], day)


_READERS: Final[Mapping[str, Callable[[Mapping[str, str], date], date | None]]] = {
    "named": lambda groups, today: shift_days(today, _NAMED[groups["named"]]),
    "year": lambda groups, _: real_date(
        int(groups["year"]), int(groups["month"]), int(groups["day"])
    ),
    "slash_month": lambda groups, today: nearest_year(
        today, int(groups["slash_month"]), int(groups["slash_day"])
    ),
    "month_first": _calendar_date,
    "month_second": _calendar_date,
    "end": lambda _, today: month_end(today, 0),
    "end_shift": lambda groups, today: month_end(today, _SHIFTS[groups["end_shift"]]),
    "weekday": _weekday,
    "count": _in_days,
    "count_later": _days_later,
    "day_only": _day_of_month,
}
