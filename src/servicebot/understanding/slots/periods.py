"""Lengths of time in both languages: 分20期, 五个月, 一年半, 30天, `3 years`, `12 instalments`."""

import re
from fractions import Fraction
from itertools import islice
from typing import Final

from servicebot.domain.period import Period
from servicebot.understanding.slots.chinese_numerals import is_row, parse_number
from servicebot.understanding.slots.english_numbers import SMALL
from servicebot.understanding.slots.span import Span

_MOST_PERIODS: Final = 20
_MOST_MONTHS: Final = 600
_MOST_DAYS: Final = 36_500
_DAYS: Final = {
    "天": 1,
    "周": 7,
    "星期": 7,
    "礼拜": 7,
    "day": 1,
    "week": 7,
    "wk": 7,
    "fortnight": 14,
}
_MONTHS: Final = {
    "期": 1,
    "月": 1,
    "季度": 3,
    "年": 12,
    "month": 1,
    "mth": 1,
    "quarter": 3,
    "year": 12,
    "yr": 12,
    "instal": 1,
    "payment": 1,
}
_DAYS_PER_MONTH: Final = 30

# The tail of a longer number (1.5期, 第3期), of a choice (3到5天) or of another word (每一年).
_ALONE: Final = (
    r"(?<![第每这那上下前后头另到至~-])(?<!\D\d,)(?<!^\d,)(?<![一二两三四五六七八九十][到至或])"
)
_NUMBER: Final = (
    rf"{_ALONE}(?:(?<![\d.])\d{{1,5}}"
    r"|(?<![一二两三四五六七八九十百.])[一二两三四五六七八九十廿卅]{1,4})"
)
_HUNDREDS: Final = rf"{_ALONE}[一二两三四五六七八九]百(?:零[一二三四五六七八九]|[一二三四五六七八九]十[一二三四五六七八九]?)?"
_ELSE: Final = r"(?!(?:之|以)?[前后]|[级底初代假])"

_CHINESE: Final = re.compile(
    rf"(?P<years>{_NUMBER})年(?P<half_year>半)?"
    rf"(?:[零又加]?(?P<more_months>[一二两三四五六七八九十]{{1,2}}|\d{{1,2}})个月)?{_ELSE}"
    rf"|(?P<months>{_NUMBER})个(?P<half_month>半)?月(?P<half_behind>半)?"
    rf"(?:[零又加]?(?P<more_days>[一二两三四五六七八九十]{{1,3}}|\d{{1,3}})天)?{_ELSE}"
    rf"|(?P<count>{_HUNDREDS}|{_NUMBER})(?P<unit>天|周|个?星期|个?礼拜|个?季度|期){_ELSE}"
    rf"|(?<![大上下前后])(?P<half>半年|半个月|半月){_ELSE}",
)

_WORDS: Final = "|".join(sorted(SMALL, key=len)[::-1])
_ENGLISH_UNIT: Final = "year|yr|month|mth|quarter|fortnight|week|wk|day"
_ENGLISH: Final = re.compile(
    r"(?<![\w.,/-])(?<!\d to )(?<!\d or )"
    rf"(?:(?P<half>half an? |half-)|(?P<number>\d{{1,5}}|(?:{_WORDS})(?:[ -](?:{_WORDS}))?"
    r"|(?:(?<=for )|(?<=over )|(?<=within )|(?<=during )|(?<=of ))an?)"
    rf"(?P<and_half> and a half)?[ -])"
    rf"(?:(?P<unit>{_ENGLISH_UNIT})s?|(?:(?:monthly|equal|regular|more) )?(?P<part>instal)\w*"
    r"|(?:monthly|equal|regular) (?P<pay>payment)s?)\b"
    r"(?P<half_behind> and a half)?(?! (?:later|ago|from now|before|after|earlier|old)\b)",
)
_CHOICE_BEFORE: Final = re.compile(
    rf"\b(?:\d+|{_WORDS}|few|couple) ?(?:to|or|-|and) ?$|\b(?:every|each|per|last|next|this|another) $"
)


def find_periods(text: str) -> tuple[Span, ...]:
    """Finds lengths of time in a normalized text; 两三个月 and `3-5 days` are none.

    What lies before or behind a moment (三天后, `2 days ago`) is a date and no length.
    """
    found = [_chinese(match) for match in islice(_CHINESE.finditer(text), _MOST_PERIODS)]
    found += [_english(text, match) for match in islice(_ENGLISH.finditer(text), _MOST_PERIODS)]
    return tuple(span for span in found if span is not None)


def _chinese(match: re.Match[str]) -> Span | None:
    groups = match.groupdict()
    if groups["half"]:
        return _span(match, Fraction(6 if "年" in groups["half"] else Fraction(1, 2)), 0)
    if groups["unit"]:
        return _counted(match, _number(groups["count"]), groups["unit"].removeprefix("个"))
    if groups["years"]:
        years = _number(groups["years"]) + Fraction(1 if groups["half_year"] else 0, 2)
        return _span(match, years * 12 + _number(groups["more_months"] or "0"), 0)
    half = groups["half_month"] or groups["half_behind"]
    months = _number(groups["months"]) + Fraction(1 if half else 0, 2)
    return _span(match, months, int(_number(groups["more_days"] or "0")))


def _english(text: str, match: re.Match[str]) -> Span | None:
    groups = match.groupdict()
    if _CHOICE_BEFORE.search(text[max(0, match.start() - 16) : match.start()]):
        return None
    half = Fraction(1 if groups["and_half"] or groups["half_behind"] else 0, 2)
    number = Fraction(1, 2) if groups["half"] else _worded(groups["number"]) + half
    return _counted(match, number, groups["unit"] or groups["part"] or groups["pay"])


def _counted(match: re.Match[str], number: Fraction, unit: str) -> Span | None:
    if unit in {"期", "instal", "payment"} and number == 1:
        return None  # one instalment is a thing to pay, not a term
    if unit in _MONTHS:
        return _span(match, number * _MONTHS[unit], 0)
    days = number * _DAYS[unit]
    return _span(match, Fraction(0), int(days)) if days.denominator == 1 else None


def _span(match: re.Match[str], months: Fraction, days: int) -> Span | None:
    """The period; half a month is 15 days, and what is longer than any loan is none."""
    whole = int(months)
    days += int((months - whole) * _DAYS_PER_MONTH)
    if not (whole or days) or whole > _MOST_MONTHS or days > _MOST_DAYS:
        return None
    return Span(start=match.start(), end=match.end(), value=Period(months=whole, days=days))


def _number(text: str) -> Fraction:
    """The number, or 0: 两三个月 is no period."""
    return Fraction(0) if is_row(text) else parse_number(text) or Fraction(0)


def _worded(text: str) -> Fraction:
    if text.isdecimal():
        return Fraction(text)
    parts = [SMALL.get(word, 1) for word in re.split("[ -]", text)]
    tens, ones = (parts[0], parts[1]) if len(parts) > 1 else (0, parts[0])
    fits = len(parts) == 1 or (tens >= SMALL["twenty"] and 0 < ones < SMALL["ten"])
    return Fraction(tens + ones) if fits else Fraction(0)
