"""Reads numbers in Arabic, Chinese and mixed spelling (一万二, 1w5, 3点5千, 廿五, 1.5万), exactly."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

DIGITS: Final = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "两": 2,
    "俩": 2,
    "参": 3,
}
UNITS: Final = {
    "十": 10,
    "拾": 10,
    "百": 100,
    "佰": 100,
    "千": 1000,
    "仟": 1000,
    "k": 1000,
    "万": 10_000,
    "w": 10_000,
    "亿": 100_000_000,
}
_TENS: Final = str.maketrans({"廿": "二十", "卅": "三十", "卌": "四十"})
_TEN: Final = 10
_BIG: Final = 10_000
_LONGEST: Final = 24
_PAIR: Final = 2

ARABIC: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,15}(?:\.\d+)?(?!\d)"
HAN_DIGIT: Final = "(?:[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两俩]|参(?=[拾佰仟万元圆角分]))"
_HAN_UNIT: Final = "十拾百佰千仟万亿廿卅卌"
# `.5` is never read as 5. An Arabic figure goes on only with a unit: in 500一共 and 500两次 the number ends before the word.
NUMBER: Final = re.compile(
    rf"(?:(?<![\da-z])|(?<=rmb)|(?<=cny)|(?<=usd)|(?<=hkd)|(?<=eur)|(?<=gbp)|(?<=jpy))(?<!\d[.,])(?<!^\.)(?<! \.)"
    rf"(?:{ARABIC}|{HAN_DIGIT}|[十拾百佰千仟廿卅卌])"
    rf"(?:[{_HAN_UNIT}]|[kw](?![a-z])|(?<!\d){HAN_DIGIT}|点(?=\d|{HAN_DIGIT})"
    rf"|(?<=[{_HAN_UNIT}kw零〇点])(?:{ARABIC})){{0,{_LONGEST}}}",
)
_TOKEN: Final = re.compile(rf"{ARABIC}|.", re.DOTALL)
_POINT: Final = re.compile(rf"(?P<whole>[^点]+)点(?P<digits>(?:\d|{HAN_DIGIT})+)(?P<rest>[^点]*)")


@dataclass(slots=True)
class _Reading:
    """The running sum while a number is read from left to right.

    Attributes:
        total: What the closed sections (万, 亿) come to.
        section: What stands below the next big unit so far.
        pending: The digits that wait for their unit.
        digits_read: How they were written; empty where none wait.
        arabic: Whether they were written in Arabic figures.
        smallest_unit: The unit read last; 0 before the first.
        after_zero: Whether a 零 stands behind that unit.
        fractional: Whether a figure with a point has had its unit: nothing may follow 1.5万.
        units_seen: All units, in order.
    """

    total: Fraction = Fraction(0)
    section: Fraction = Fraction(0)
    pending: Fraction | None = None
    digits_read: str = ""
    arabic: bool = False
    smallest_unit: int = 0
    after_zero: bool = False
    fractional: bool = False
    units_seen: list[int] = field(default_factory=list)


def is_row(text: str) -> bool:
    """Whether several Chinese digits stand side by side without a unit: 一五零零, 两三, 五六."""
    return len(text) > 1 and all(sign in DIGITS for sign in text)


def parse_number(text: str) -> Fraction | None:
    """Reads one whole number.

    A digit behind the last unit stands for the next lower one: 一万二 = 12,000, 两千五 = 2,500.
    Digits in a row without a unit are read one by one: 一五零零 = 1,500. 两三百 is no number.

    Returns:
        None where the characters do not make one number (百千, 1千2万3万, 两三百, 1w25).
    """
    spelled = text.translate(_TENS)
    if "点" in spelled:
        return _parse_point(spelled)
    reading = _Reading()
    for token in _TOKEN.findall(spelled):
        if not _read(reading, token):
            return None
    return _finish(reading)


def _read(reading: _Reading, token: str) -> bool:
    if token in UNITS:
        return _read_unit(reading, UNITS[token])
    if token in DIGITS:
        return _read_digit(reading, DIGITS[token])
    if reading.pending is not None or not token[0].isdecimal():
        return False
    reading.pending = Fraction(token.replace(",", ""))
    reading.digits_read, reading.arabic = token, True
    return True


def _read_digit(reading: _Reading, digit: int) -> bool:
    if digit == 0 and reading.units_seen and reading.pending is None:
        reading.after_zero = True
        return True
    if reading.pending is not None and (reading.units_seen or reading.arabic):
        return False
    reading.digits_read += str(digit)
    reading.pending = Fraction(reading.digits_read)
    return True


def _read_unit(reading: _Reading, unit: int) -> bool:
    row = len(reading.digits_read) if not reading.arabic else 0
    if row == _PAIR or (row > _PAIR and unit < _BIG):
        return False
    if unit >= _BIG:
        return _close_section(reading, unit)
    if reading.pending is None and (unit != _TEN or reading.digits_read):
        return False
    value = (Fraction(1) if reading.pending is None else reading.pending) * unit
    if reading.section and (unit >= reading.smallest_unit or value >= reading.smallest_unit):
        return False
    reading.section += value
    return _note_unit(reading, unit)


def _close_section(reading: _Reading, unit: int) -> bool:
    value = reading.section + (reading.pending or 0)
    short = reading.section and reading.pending and reading.smallest_unit > _TEN
    if short and not reading.after_zero:  # 三千五万
        return False
    if not value or any(seen <= unit and seen >= _BIG for seen in reading.units_seen):
        return False
    reading.total += value * unit
    reading.section = Fraction(0)
    return _note_unit(reading, unit)


def _note_unit(reading: _Reading, unit: int) -> bool:
    """Closes the digits; False where a figure with a point had a unit before (1.5千5百)."""
    was_fractional = reading.fractional and reading.pending is not None
    if reading.pending is not None:
        reading.fractional = reading.pending.denominator != 1
    reading.units_seen.append(unit)
    reading.smallest_unit = unit
    reading.pending = None
    reading.digits_read, reading.arabic = "", False
    reading.after_zero = False
    return not was_fractional


def _finish(reading: _Reading) -> Fraction | None:
    if reading.pending is None:
        return reading.total + reading.section if reading.units_seen else None
    rest = reading.pending
    if reading.smallest_unit and (reading.fractional or rest.denominator != 1):
        return None
    if reading.smallest_unit > _TEN and not reading.after_zero:
        if len(reading.digits_read) == 1:
            rest = rest * reading.smallest_unit / 10
        elif rest * 100 < reading.smallest_unit:  # 1w25: 10,025 or 12,500
            return None
    if reading.smallest_unit and rest >= reading.smallest_unit:
        return None
    return reading.total + reading.section + rest


def _parse_point(text: str) -> Fraction | None:
    """Reads 一点五万, 3点5千 and 三点二五: as with a written point."""
    match = _POINT.fullmatch(text)
    whole = parse_number(match.group("whole")) if match else None
    if match is None or whole is None or whole.denominator != 1:
        return None
    digits = "".join(str(DIGITS.get(sign, sign)) for sign in match.group("digits"))
    return parse_number(f"{whole}.{digits}{match.group('rest')}")
