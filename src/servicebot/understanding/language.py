"""Tells the language of a message from its script and its words."""

import re
from functools import lru_cache
from typing import Final

from servicebot.domain.understanding import Language
from servicebot.understanding.pinyin import READINGS, plain_reading

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
# Each begins where nothing of it stands in front: tried at every sign it took as long as the square.
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S[^\s@]*+@\S+")
_AMOUNT: Final = re.compile(r"(?<![\d.,])[.,]*+\d[\d.,]*+\s?[a-z]{1,3}\b")
# A sentence in English that names something in Chinese has so many English words for each name.
_SENTENCE_WORDS: Final = 3
_NAME_CHARACTERS: Final = 4
_LONGEST_SYLLABLE: Final = 6


def detect_language(text: str) -> Language | None:
    """Chinese where Chinese characters stand or pinyin, English where a sentence of it stands.

    A sentence in English may name a product in Chinese. Addresses and amounts (`1w`) say nothing.

    Args:
        text: The normalized text.

    Returns:
        None for numbers, signs, links and an empty text: they belong to the conversation's language.
    """
    plain = _AMOUNT.sub(" ", _ADDRESS.sub(" ", text))
    words, characters = _LATIN_WORD.findall(plain), len(_HAN.findall(plain))
    if characters:
        sentence = len(words) >= _SENTENCE_WORDS and characters <= _NAME_CHARACTERS
        return Language.EN if sentence and not _is_pinyin(words) else Language.ZH
    if not words:
        return None
    return Language.ZH if _is_pinyin(words) else Language.EN


def choose_language(text: str, hint: Language | None) -> Language:
    """The language to answer in: the message's own, else the hint, else Chinese.

    A single Latin word (`ok`, `weilidai`, `app`) follows the hint: Chinese customers type them.
    """
    found = detect_language(text)
    if found is None:
        return hint or Language.ZH
    if hint is not None and len(_LATIN_WORD.findall(text)) == 1 and not _HAN.search(text):
        return hint
    return found


def _is_pinyin(words: list[str]) -> bool:
    """Whether every word is a run of syllables, and one of them is more than one syllable long.

    `can` and `me` are syllables too, so a few short words alone say nothing.
    """
    if not all(_is_syllables(word) for word in words):
        return False
    return len(words) > _SENTENCE_WORDS - 1 or any(len(w) > _LONGEST_SYLLABLE for w in words)


@lru_cache(maxsize=4096)
def _is_syllables(word: str) -> bool:
    """Whether a word can be read as pinyin from its first to its last letter."""
    ends = {0}
    for end in range(1, len(word) + 1):
        starts = range(max(0, end - _LONGEST_SYLLABLE), end)
        if any(start in ends and word[start:end] in _syllables() for start in starts):
            ends.add(end)
    return len(word) in ends


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    return frozenset(plain_reading(chr(code)) for code in READINGS) - {""}
