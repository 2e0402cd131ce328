"""Chinese dates: 今天, 这个月底, 下周三, 5号, 12月5日, 三天后."""

import re
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
from servicebot.understanding.slots.chinese_numerals import parse_number
from servicebot.understanding.slots.span import Span

_NAMED: Final = {
    **dict.fromkeys(("今天", "今日", "今晚", "今早", "今儿"), 0),
    **dict.fromkeys(("明天", "明日", "明晚", "明早", "明儿"), 1),
    **dict.fromkeys(("昨天", "昨日", "昨晚", "昨儿"), -1),
    "大后天": 3,
    "后天": 2,
    "后日": 2,
    "前天": -2,
    "大前天": -3,
}
_WEEKDAYS: Final = {sign: day for day, sign in enumerate("一二三四五六")} | {
    **{sign: day for day, sign in enumerate("123456")},
    **dict.fromkeys("日天末7", 6),
}
_SHIFTS: Final = {"下下": 2, "下": 1, "这": 0, "本": 0, "当": 0, "上": -1, "上上": -2, "": 0}
_MOST_DATES: Final = 20
_SHIFT: Final = "(?:下下|上上|下|上|这|本|当)"
_NUMBER: Final = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_DAY: Final = rf"(?:{_NUMBER})"

_PATTERN: Final = re.compile(
    rf"(?P<named>{'|'.join(sorted(_NAMED, key=len, reverse=True))})"
    rf"|(?P<end_shift>{_SHIFT}?)(?:个)?(?P<end>月底|月末)"
    rf"|(?P<week_shift>{_SHIFT}?)(?:个)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末1-7])(?!\d|[次个天年月])"
    rf"|(?:(?P<year>\d{{4}}|\d{{2}}|今|明|去)年)?(?P<month>(?<!\d){_DAY})月(?:份)?(?P<day>{_DAY})(?:[日号]|(?![\d.块元万千百期个]))"
    rf"|(?:(?P<month_shift>{_SHIFT})(?:个)?月(?:的)?)?(?P<day_only>(?<![\d.第]){_DAY})(?:号|日)(?!卡|线|楼|店|文|期间)"
    rf"|(?P<count>(?<![\d.第]){_DAY})(?P<unit>天|个?星期|周|个礼拜|个月)(?:之|以)?(?P<side>后|前)",
)


def find_chinese_dates(text: str, *, today: date) -> tuple[Span, ...]:
    """Finds Chinese dates in a normalized text; those the calendar lacks are left out."""
    spans = []
    for match in islice(_PATTERN.finditer(text), _MOST_DATES):
        value = _value(match, today)
        if value is not None:
            spans.append(Span(start=match.start(), end=match.end(), value=value))
    return tuple(spans)


def _value(match: re.Match[str], today: date) -> date | None:
    groups = match.groupdict()
    if groups["named"]:
        return shift_days(today, _NAMED[groups["named"]])
    if groups["end"]:
        return month_end(today, _SHIFTS[groups["end_shift"]])
    if groups["weekday"]:
        return _weekday(today, groups["week_shift"], _WEEKDAYS[groups["weekday"]])
    return _numbered(match, today)


def _numbered(match: re.Match[str], today: date) -> date | None:
    if match.group("month"):
        return _month_and_day(match, today)
    if match.group("day_only"):
        return _day_only(today, match.group("month_shift"), _number(match.group("day_only")))
    return _counted(match, today)


def _weekday(today: date, shift: str, day: int) -> date | None:
    return week_day(today, _SHIFTS[shift], day) if shift else coming_week_day(today, day)


def _month_and_day(match: re.Match[str], today: date) -> date | None:
    month, day = _number(match.group("month")), _number(match.group("day"))
    year = match.group("year")
    if year is None:
        return nearest_year(today, month, day)
    named = {"今": today.year, "明": today.year + 1, "去": today.year - 1}
    number = named.get(year) or int(year) + (0 if int(year) >= 1000 else 2000)  # noqa: PLR2004
    return real_date(number, month, day)


def _day_only(today: date, shift: str | None, day: int) -> date | None:
    return coming_day(today, day) if shift is None else day_of_month(today, _SHIFTS[shift], day)


def _counted(match: re.Match[str], today: date) -> date | None:
    count = _number(match.group("count")) * (1 if match.group("side") == "后" else -1)
    unit = match.group("unit")
    if unit == "天":
        return shift_days(today, count)
    return shift_same_day(today, count) if unit == "个月" else shift_days(today, 7 * count)


def _number(text: str) -> int:
    """The number, or 0, which no calendar has."""
    number = parse_number(text)
    return 0 if number is None else int(number)
