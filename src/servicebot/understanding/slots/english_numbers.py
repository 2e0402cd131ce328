"""Reads English number words (`two thousand five hundred`, `2.5k`, `half a million`), exactly."""

import re
from fractions import Fraction
from typing import Final

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
_WORD: Final = "|".join(sorted({*SMALL, "hundred", "thousand", "grand", "million"}, key=len)[::-1])
_ARABIC: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d+)?"
NUMBER_WORDS: Final = re.compile(
    rf"(?<![\w.,])(?:(?:half )?an? (?=hundred|thousand|million)"
    rf"|(?:{_ARABIC})(?= ?(?:hundred|thousand|grand|million|mil|k|m)\b))?"
    rf"(?: ?(?:hundred|thousand|grand|million|mil|k|m)\b(?: and)?|(?:(?<=[ -])|\b)(?:{_WORD})\b"
    rf"(?: and(?= (?:{_WORD})\b))?)(?:[ -](?:{_WORD})\b(?: and(?= (?:{_WORD})\b))?){{0,12}}",
)
_TOKEN: Final = re.compile(rf"{_ARABIC}|[a-z]+")


def parse_words(text: str) -> Fraction | None:
    """Reads one number of words, or digits and a scale; None where they make no number."""
    total = section = Fraction(0)
    seen = False
    for token in _TOKEN.findall(text):
        if token in SCALES:
            section = (section or Fraction(1)) * SCALES[token]
            if SCALES[token] > _HUNDRED:
                total, section = total + section, Fraction(0)
        elif token == "half":  # noqa: S105 - a number word
            section = Fraction(1, 2)
        elif token in SMALL:
            if not _fits(section, SMALL[token], seen=seen):
                return None
            section += SMALL[token]
        elif token not in {"a", "an", "and"}:
            section += Fraction(token.replace(",", ""))
        seen = True
    return total + section if seen else None


def _fits(section: Fraction, value: int, *, seen: bool) -> bool:
    """Whether `value` may follow: `twenty five` may, `five twenty` and `five six` may not."""
    last_two = section % _HUNDRED
    if not seen or last_two == 0:
        return True
    return last_two >= SMALL["twenty"] and last_two % 10 == 0 and value < SMALL["ten"]
