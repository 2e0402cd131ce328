"""Texts that mean nothing here, so that the confidence learns what far away looks like."""

import random
from collections.abc import Sequence
from typing import Final

from servicebot.domain.understanding import Language
from servicebot.understanding.language import detect_language

_SEED: Final = 20_261_123
_CONSONANTS: Final = "bcdfghjklmnprstvwz"
_VOWELS: Final = "aeiou"
# The first level of GB 2312: the 3,755 characters of everyday Chinese, by their code bytes.
_FIRST_ROW: Final = 0xB0
_LAST_ROW: Final = 0xD7
_CELLS: Final = range(0xA1, 0xFF)


def make_foreign_texts(texts: Sequence[str], count: int, *, seed: int = _SEED) -> tuple[str, ...]:
    """Makes `count` meaningless texts in the script most of `texts` are in; a seed makes the same."""
    chinese = sum(detect_language(text) is Language.ZH for text in texts) * 2 >= len(texts)
    dice = random.Random(seed)  # noqa: S311 - reproducible nonsense, no secret
    if not chinese:
        return tuple(_latin(dice) for _ in range(count))
    characters = _everyday_characters()
    return tuple(_han(dice, characters) for _ in range(count))


def _han(dice: random.Random, characters: str) -> str:
    """Random characters; every third text repeats its pairs, as people do who type noise."""
    text = "".join(dice.choices(characters, k=dice.randint(3, 12)))
    return text if dice.randrange(3) else "".join(sign * 2 for sign in text[:4])


def _latin(dice: random.Random) -> str:
    words = (
        "".join(dice.choice(_CONSONANTS) + dice.choice(_VOWELS) for _ in range(dice.randint(1, 4)))
        for _ in range(dice.randint(1, 6))
    )
    return " ".join(words)


def _everyday_characters() -> str:
    codes = (bytes((row, cell)) for row in range(_FIRST_ROW, _LAST_ROW + 1) for cell in _CELLS)
    return "".join(code.decode("gb2312", "ignore") for code in codes)
