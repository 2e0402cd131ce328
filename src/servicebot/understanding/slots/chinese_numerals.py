"""Reads numbers in Arabic, Chinese and mixed spelling (一万二, 1w5, 3千5, 二十, 1.5万), exactly."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

DIGITS: Final = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "两": 2,
    "俩": 2,
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
_BIG: Final = 10_000
_LONGEST: Final = 24

ARABIC: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,15}(?:\.\d+)?(?!\d)"
_HAN_DIGIT: Final = "零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两俩"
NUMBER: Final = re.compile(
    rf"(?<![\da-z])(?<!\d[.,])(?:{ARABIC}|[{_HAN_DIGIT}十拾百佰千仟])"
    rf"(?:[{_HAN_DIGIT}十拾百佰千仟万亿]|[kw](?![a-z])|点(?=[{_HAN_DIGIT}])|{ARABIC}){{0,{_LONGEST}}}",
)
_TOKEN: Final = re.compile(rf"{ARABIC}|.")


@dataclass(slots=True)
class _Reading:
    """The running sum while a number is read from left to right."""

    total: Fraction = Fraction(0)
    section: Fraction = Fraction(0)
    pending: Fraction | None = None
    digits_read: str = ""
    smallest_unit: int = 0
    after_zero: bool = False
    units_seen: list[int] = field(default_factory=list)


def parse_number(text: str) -> Fraction | None:
    """Reads one whole number.

    A digit behind the last unit stands for the next lower one: 一万二 = 12,000, 两千五 = 2,500.
    Digits in a row without a unit are read one by one: 一五零零 = 1,500.

    Returns:
        None where the characters do not make a number (百千, 1千2万3万).
    """
    reading = _Reading()
    if "点" in text:
        return _parse_point(text)
    for token in _TOKEN.findall(text):
        if not _read(reading, token):
            return None
    return _finish(reading)


def _read(reading: _Reading, token: str) -> bool:
    if token in UNITS:
        return _read_unit(reading, UNITS[token])
    if token in DIGITS:
        return _read_digit(reading, DIGITS[token])
    if reading.pending is not None or reading.after_zero:
        return False
    reading.pending = Fraction(token.replace(",", ""))
    reading.digits_read = token
    return True


def _read_digit(reading: _Reading, digit: int) -> bool:
    if digit == 0 and reading.units_seen and reading.pending is None:
        reading.after_zero = True
        return True
    if reading.digits_read and not reading.digits_read.isdigit():
        return False
    if reading.pending is not None and reading.units_seen:
        return False
    reading.digits_read += str(digit)
    reading.pending = Fraction(reading.digits_read)
    return True


def _read_unit(reading: _Reading, unit: int) -> bool:
    if unit >= _BIG:
        return _close_section(reading, unit)
    if reading.section and unit >= reading.smallest_unit:
        return False
    if reading.pending is None and (unit != UNITS["十"] or reading.digits_read):
        return False
    reading.section += (Fraction(1) if reading.pending is None else reading.pending) * unit
    _note_unit(reading, unit)
    return True


def _close_section(reading: _Reading, unit: int) -> bool:
    value = reading.section + (reading.pending or 0)
    if not value or any(seen <= unit and seen >= _BIG for seen in reading.units_seen):
        return False
    reading.total += value * unit
    reading.section = Fraction(0)
    _note_unit(reading, unit)
    return True


def _note_unit(reading: _Reading, unit: int) -> None:
    reading.units_seen.append(unit)
    reading.smallest_unit = unit
    reading.pending = None
    reading.digits_read = ""
    reading.after_zero = False


def _finish(reading: _Reading) -> Fraction | None:
    rest = reading.pending or Fraction(0)
    single = len(reading.digits_read) == 1
    if single and reading.smallest_unit > UNITS["十"] and not reading.after_zero:
        rest = rest * reading.smallest_unit / 10
    elif reading.smallest_unit and rest >= reading.smallest_unit:
        return None
    if reading.pending is None and not reading.units_seen:
        return None
    return reading.total + reading.section + rest


def _parse_point(text: str) -> Fraction | None:
    """Reads 一点五万 and 三点二五: digits behind the point, then at most one big unit."""
    before, _, behind = text.partition("点")
    digits = "".join(str(DIGITS[sign]) for sign in behind if sign in DIGITS)
    unit = behind[len(digits) :]
    whole = parse_number(before)
    if whole is None or not digits or (unit and unit not in UNITS):
        return None
    value = whole + Fraction(int(digits), 10 ** len(digits))
    return value * UNITS[unit] if unit else value
