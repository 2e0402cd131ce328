"""The name of an article's file, made of its question: Chinese by its readings."""

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from typing import Final

from servicebot.understanding.reading_table import load_readings

_MOST: Final = 40
_MOST_PARTS: Final = 8
_WORD: Final = re.compile(r"[a-z0-9]+")
_NAMELESS: Final = "topic"


def topic_name(words: str, taken: Collection[str]) -> str:
    """Small letters, digits and hyphens; none of those that are taken."""
    stem = _stem(words)
    if stem not in taken:
        return stem
    return next(f"{stem}-{n}" for n in range(2, len(taken) + 3) if f"{stem}-{n}" not in taken)


def _stem(words: str) -> str:
    folded = unicodedata.normalize("NFKC", words).lower()
    spelled = "".join(f" {_reading(one)} " if ord(one) > 0x2E7F else one for one in folded)  # noqa: PLR2004  Chinese begins there
    parts = _WORD.findall(spelled)[:_MOST_PARTS]
    while parts and len("-".join(parts)) > _MOST:
        parts.pop()
    return "-".join(parts) or _NAMELESS


def _reading(character: str) -> str:
    """Without its tone; empty where it has none."""
    first = _readings().get(ord(character), "").partition(",")[0]
    plain = unicodedata.normalize("NFD", first.replace("ü", "v"))
    return "".join(one for one in plain if one.isascii())


@cache
def _readings() -> dict[int, str]:
    return dict(load_readings())
