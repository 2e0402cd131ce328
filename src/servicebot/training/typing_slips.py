"""Makes a phrase look as people type it: homophones, lost characters, courtesy, no punctuation."""

import random
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from servicebot.domain.understanding import Language
from servicebot.training.bilingual_tokenizer import everyday_characters
from servicebot.understanding.language import detect_language
from servicebot.understanding.pinyin import syllable

_COMMON: Final = 3755
_OPENINGS: Final = ("请问,", "你好,", "我想问一下,", "麻烦问下 ", "嗯 ")
_MARKS: Final = ",.?!;"
_SHORT_CHINESE: Final = 5
_SHORT_ENGLISH: Final = 3
_SHORT_LETTERS: Final = 6


def slip(text: str, dice: random.Random) -> str:
    """One way somebody in a hurry might have typed the normalized `text`."""
    if detect_language(text) is Language.ZH:
        return _chinese(list(text), dice)
    return _english(text.split(), dice)


def _chinese(signs: list[str], dice: random.Random) -> str:
    if dice.random() < 0.35:  # noqa: PLR2004 - chances of each slip, tried out together
        place = dice.randrange(len(signs))
        signs[place] = dice.choice(_homophones().get(syllable(signs[place]) or "", (signs[place],)))
    if len(signs) > _SHORT_CHINESE and dice.random() < 0.35:  # noqa: PLR2004 - as above
        signs.pop(dice.randrange(len(signs)))
    if dice.random() < 0.1:  # noqa: PLR2004 - as above
        signs.insert(0, dice.choice(_OPENINGS))
    if dice.random() < 0.3:  # noqa: PLR2004 - as above
        signs = [sign for sign in signs if sign not in _MARKS]
    return "".join(signs)


def _english(words: list[str], dice: random.Random) -> str:
    if len(words) > _SHORT_ENGLISH and dice.random() < 0.3:  # noqa: PLR2004 - as above
        words.pop(dice.randrange(len(words)))
    text = " ".join(words)
    if len(text) > _SHORT_LETTERS and dice.random() < 0.2:  # noqa: PLR2004 - as above
        place = dice.randrange(1, len(text) - 1)
        lost = dice.random() < 0.5  # noqa: PLR2004 - either of two
        swapped = "" if lost else text[place + 1] + text[place]
        text = text[:place] + swapped + text[place + (1 if lost else 2) :]
    return text


@lru_cache(maxsize=1)
def _homophones() -> Mapping[str, tuple[str, ...]]:
    """Common characters by their toneless syllable."""
    found: dict[str, list[str]] = defaultdict(list)
    for sign in everyday_characters()[:_COMMON]:
        found[syllable(sign) or sign].append(sign)
    return {sound: tuple(signs) for sound, signs in found.items()}
