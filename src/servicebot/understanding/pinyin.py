"""Toneless, fuzzy pinyin of single characters, so that homophones meet."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from servicebot.understanding.reading_table import load_readings

READINGS: Final = load_readings()

_FUZZY: Final = (
    (re.compile(r"^zh"), "z"),
    (re.compile(r"^ch"), "c"),
    (re.compile(r"^sh"), "s"),
    (re.compile(r"([aei])ng$"), r"\1n"),
)
# The dictionary lists the reading of everyday speech first; a bank hears these more often.
_AT_A_BANK: Final = {"还": "huan", "行": "hang", "率": "lv", "贷": "dai"}


@lru_cache(maxsize=32_768)
def syllable(character: str) -> str:
    """The fuzzy toneless syllable of one Chinese character, or an empty string.

    zh/z, ch/c, sh/s and -ng/-n fall together, as in southern speech and careless typing.
    """
    reading = _AT_A_BANK.get(character) or plain_reading(character)
    for pattern, replacement in _FUZZY:
        reading = pattern.sub(replacement, reading)
    return reading


def plain_reading(character: str) -> str:
    """The first toneless reading of a character, or an empty string."""
    readings = READINGS.get(ord(character), "")
    first = readings.split(",", 1)[0].replace("ü", "v").replace("ǜ", "v").replace("ǚ", "v")
    decomposed = unicodedata.normalize("NFD", first)
    return "".join(letter for letter in decomposed if letter.isascii())
