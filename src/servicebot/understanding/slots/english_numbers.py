"""Reads English number words (`two thousand five hundred`, `2.5k`, `half a million`), exactly."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from servicebot.understanding.slots.counters import COUNTED

_SMALL_WORDS: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS_WORDS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL: Final = {
    **{word: value for value, word in enumerate(_SMALL_WORDS)},
    **{word: value for value, word in zip(range(20, 100, 10), _TENS_WORDS, strict=True)},
}
SCALES: Final = {
    "hundred": 100,
    "thousand": 1000,
    "grand": 1000,
    "k": 1000,
    "million": 1_000_000,
    "m": 1_000_000,
    "mil": 1_000_000,
}
_HUNDRED: Final = 100
_TEN: Final = 10
_NAMED_SCALE: Final = r"(?:hundred|thousand|grand|million)(?![a-z])"
_SCALE: Final = r"(?:hundred|thousand|grand|million|mil|k|m)(?![a-z])"
_SMALL: Final = rf"(?:{'|'.join(sorted(SMALL, key=len)[::-1])})(?![a-z])"
_DIGIT: Final = rf"(?:{'|'.join(_SMALL_WORDS[:10])})(?![a-z])"
_ARABIC: Final = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d+)?)"
_BEHIND_SCALE: Final = (
    "(?:(?<=hundred )|(?<=thousand )|(?<=grand )|(?<=million )|(?<=[mk] )|(?<= and ))"
)
_BEHIND_BIG: Final = "(?:(?<=thousand )|(?<=grand )|(?<=million )|(?<=[mk] ))"
# In 10k one month the word behind the scale counts the months.
_OWN_SMALL: Final = rf"(?!{_BEHIND_BIG}{_SMALL}(?:[ -]{_SMALL})?(?:{COUNTED})){_SMALL}"
NUMBER_WORDS: Final = re.compile(
    rf"(?<![a-z\d])(?<!\d[.,])(?:(?:half )?an? (?={_NAMED_SCALE}))?"
    rf"(?:{_ARABIC} ?{_SCALE}|{_SMALL}|{_NAMED_SCALE}|\d{{1,3}}(?= and a half {_SCALE}))"
    rf"(?:(?: and a (?=half {_SCALE})| and |[ -])"
    rf"(?:{_OWN_SMALL}|{_NAMED_SCALE}|k(?![a-z])|half(?= {_SCALE})|point(?= {_DIGIT})"
    rf"|{_BEHIND_SCALE}{_ARABIC}(?! ?{_SCALE})(?![\d.,:/%]*\d)(?!(?:{COUNTED}))"
    rf"|{_BEHIND_SCALE}{_ARABIC} ?{_SCALE})){{0,12}}",
)
_TOKEN: Final = re.compile(rf"{_ARABIC}|[a-z]+")


@dataclass(slots=True)
class _Reading:
    """The running sum while the words are read from left to right.

    Attributes:
        total: What the closed scales come to.
        section: What stands below the next scale; None where nothing does.
        last_scale: The scale read last; each further one must be smaller.
        digits: The digits behind the point; None before it.
    """

    total: Fraction = Fraction(0)
    section: Fraction | None = None
    last_scale: int | None = None
    digits: str | None = None


def parse_words(text: str) -> Fraction | None:
    """Reads one number of words, or digits and a scale; None where they make no one number.

    `twelve hundred`, `two and a half thousand`, `1.2k`, `two thousand 500`, `one point five k`.
    """
    reading = _Reading()
    for token in _TOKEN.findall(text):
        if token not in {"a", "an", "and"} and not _read(reading, token):
            return None
    _close_point(reading)
    if reading.section is None and reading.last_scale is None:
        return None
    return reading.total + (reading.section or 0)


def _read(reading: _Reading, token: str) -> bool:
    if reading.digits is not None and token in SMALL:
        reading.digits += str(SMALL[token])
        return SMALL[token] < _TEN
    _close_point(reading)
    if token in SCALES:
        return _scale(reading, SCALES[token])
    if token == "point":  # noqa: S105 - a number word
        reading.digits = ""
        return reading.section is not None
    return _add_token(reading, token)


def _add_token(reading: _Reading, token: str) -> bool:
    if token == "half":  # noqa: S105 - a number word
        reading.section = (reading.section or 0) + Fraction(1, 2)
        return True
    if token in SMALL:
        return _add(reading, Fraction(SMALL[token]))
    return token[0].isdecimal() and _add(reading, Fraction(token.replace(",", "")))


def _close_point(reading: _Reading) -> None:
    if reading.digits:
        reading.section = (reading.section or 0) + Fraction(
            int(reading.digits), 10 ** len(reading.digits)
        )
    reading.digits = None


def _scale(reading: _Reading, scale: int) -> bool:
    """Multiplies what stands before: a hundred the last section, all others close it."""
    section = reading.section
    if section is None:
        section = Fraction(1)
        if reading.last_scale is not None:
            return False
    if scale == _HUNDRED:
        reading.section = section * _HUNDRED
        return 0 < section < _HUNDRED
    if reading.last_scale is not None and scale >= reading.last_scale:
        return False
    reading.total += section * scale
    reading.section, reading.last_scale = None, scale
    return section > 0


def _add(reading: _Reading, value: Fraction) -> bool:
    """Whether `value` may follow: `twenty five` may, `five twenty` and `five six` may not."""
    section = reading.section
    reading.section = (section or Fraction(0)) + value
    if section is None:
        return reading.last_scale is None or value < reading.last_scale
    last_two = section % _HUNDRED
    if section.denominator != 1:
        return False
    if last_two == 0 and section > 0:
        return 0 < value < _HUNDRED
    return last_two >= SMALL["twenty"] and last_two % _TEN == 0 and 0 < value < _TEN
