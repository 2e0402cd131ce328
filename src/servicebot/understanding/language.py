"""Tells the language of a message from its script."""

import re
from typing import Final

from servicebot.domain.understanding import Language

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD: Final = re.compile(r"[a-z]+")


def detect_language(text: str) -> Language | None:
    """Chinese where a Chinese character stands, else English where Latin words stand.

    Args:
        text: The normalized text.

    Returns:
        None for numbers, signs and an empty text: they belong to the conversation's language.
    """
    if _HAN.search(text):
        return Language.ZH
    return Language.EN if _LATIN_WORD.search(text) else None


def choose_language(text: str, hint: Language | None) -> Language:
    """The language to answer in: the message's own, else the hint, else Chinese.

    A single Latin word (`ok`, `weilidai`, `app`) follows the hint: Chinese customers type them.
    """
    found = detect_language(text)
    if found is None:
        return hint or Language.ZH
    if found is Language.EN and hint is not None and len(_LATIN_WORD.findall(text)) == 1:
        return hint
    return found
