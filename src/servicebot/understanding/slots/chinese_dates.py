"""Chinese dates: 今天, 这个月底, 下周三, 5号, 廿五号, 12月5日, 下个月15, 三天后."""

import re
from collections.abc import Mapping
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
from servicebot.understanding.slots.chinese_numerals import is_row, parse_number
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
_LAST_DAY: Final = "(?:的)?最后(?:一|1)[天日]"
_HAN: Final = "一二两三四五六七八九十廿卅"
_DAY: Final = rf"(?:\d{{1,2}}|[{_HAN}]{{1,3}})"
# The start of a number, not the tail of a longer one: 一百二十号 is no 20th.
_START: Final = rf"(?<![\d.第百千万])(?:(?=\d)|(?<![{_HAN}]))"
# Without 号 only what is no other word: 下个月十五, 12月5, but not 下个月一起.
_BARE_DAY: Final = (
    r"(?:\d{1,2}|[一二三]?[十廿卅][一二三四五六七八九]?|[一二三四五六七八九](?=$|[,.;!? ]))"
    r"(?![\d.块元万千百kw期个笔张天次条点分岁多几%]|,\d)"
)

_PATTERN: Final = re.compile(
    rf"(?P<named>{'|'.join(sorted(_NAMED, key=len, reverse=True))})"
    rf"|(?P<end_shift>{_SHIFT})(?:个)?(?P<end>月底|月末|月(?:份)?{_LAST_DAY})"
    rf"|{_START}(?P<end_month>{_DAY})月(?:份)?(?:底|末|{_LAST_DAY})"
    rf"|(?P<this_end>月底|月末)"
    rf"|(?P<week_shift>{_SHIFT}?)(?:个)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末]|[1-7](?!\d))(?![次个天年月])"
    rf"|(?:(?P<year>\d{{4}}|\d{{2}}|今|明|去)年)?{_START}(?P<month>{_DAY})月(?:份)?(?:(?P<day>{_DAY})[日号]|(?P<bare_day>{_BARE_DAY}))"
    rf"|(?P<month_shift>{_SHIFT})(?:个)?月(?:的)?(?:(?P<shift_day>{_DAY})[号日]|(?P<shift_bare>{_BARE_DAY}))"
    rf"|{_START}(?P<day_only>{_DAY})(?:号|日)(?!卡|线|楼|店|文|期间)"
    rf"|{_START}(?P<count>{_DAY})(?P<unit>天|个?星期|周|个礼拜|个月)(?:之|以)?(?P<side>后|前)",
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
    if groups["end"] or groups["this_end"]:
        return month_end(today, _SHIFTS[groups["end_shift"] or ""])
    if groups["end_month"]:
        return _end_of(today, _number(groups["end_month"]))
    if groups["weekday"]:
        return _weekday(today, groups["week_shift"], _WEEKDAYS[groups["weekday"]])
    return _numbered(groups, today)


def _numbered(groups: Mapping[str, str | None], today: date) -> date | None:
    if groups["month"]:
        return _month_and_day(groups, today)
    if groups["month_shift"]:
        day = _number(groups["shift_day"] or groups["shift_bare"])
        return day_of_month(today, _SHIFTS[groups["month_shift"]], day)
    if groups["day_only"]:
        return coming_day(today, _number(groups["day_only"]))
    return _counted(groups, today)


def _end_of(today: date, month: int) -> date | None:
    """The last day of a named month, in the year that brings it nearest."""
    first = nearest_year(today, month, 1)
    return None if first is None else month_end(first, 0)


def _weekday(today: date, shift: str, day: int) -> date | None:
    return week_day(today, _SHIFTS[shift], day) if shift else coming_week_day(today, day)


def _month_and_day(groups: Mapping[str, str | None], today: date) -> date | None:
    month, day = _number(groups["month"]), _number(groups["day"] or groups["bare_day"])
    year = groups["year"]
    if year is None:
        return nearest_year(today, month, day)
    named = {"今": today.year, "明": today.year + 1, "去": today.year - 1}
    number = named.get(year) or int(year) + (0 if int(year) >= 1000 else 2000)  # noqa: PLR2004
    return real_date(number, month, day)


def _counted(groups: Mapping[str, str | None], today: date) -> date | None:
    count = _number(groups["count"]) * (1 if groups["side"] == "后" else -1)
    unit = groups["unit"]
    if not count:
        return None
    if unit == "天":
        return shift_days(today, count)
    return shift_same_day(today, count) if unit == "个月" else shift_days(today, 7 * count)


def _number(text: str | None) -> int:
    """The number, or 0, which no calendar has; 两三 and 五六 are no one day."""
    if not text or is_row(text):
        return 0
    number = parse_number(text)
    return 0 if number is None else int(number)
