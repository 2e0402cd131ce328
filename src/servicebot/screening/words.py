"""The words by which private numbers and ways out of the bank are known."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import yaml

_FILE: Final = "words.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`words.yaml`, read once.

    Attributes:
        lists: By name, the words of a list, folded.
        numerals: From a character to a digit.
        digit_words: From a spoken English digit to a digit.
        signs: By name, signs of one kind, one behind the other.
    """

    lists: Mapping[str, tuple[str, ...]]
    numerals: Mapping[str, str]
    digit_words: Mapping[str, str]
    signs: Mapping[str, str]

    def any_of(self, *names: str) -> str:
        """A pattern of every word of some lists, the longest first; blanks may be any."""
        found = {word for name in names for word in self.lists[name]}
        return alternatives(found)

    def split(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The Latin words of a list, and the others."""
        latin = tuple(word for word in self.lists[name] if word.isascii())
        return latin, tuple(word for word in self.lists[name] if not word.isascii())


def alternatives(words: Iterable[str], *, parted: bool = False) -> str:
    """A pattern of words, the longest first; Latin words are whole words, and no other is read.

    Args:
        words: Folded.
        parted: Whether a blank or a dot may stand between the characters of a Chinese word.
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    patterns = [_pattern(word, parted=parted) for word in ordered]
    first = "".join(sorted({word[0] for word in ordered}))  # one look rules most places out
    return f"(?=[{re.escape(first)}])(?>{'|'.join(patterns)})"


def _pattern(word: str, *, parted: bool) -> str:
    body = re.escape(word).replace(r"\ ", r"\s?")
    if parted and len(word) > 1 and not word.isascii():
        body = r"[\s·.\-]?".join(map(re.escape, word))
    front = r"(?<![a-z])" if _is_latin(word[0]) else ""
    back = r"(?![a-z])" if _is_latin(word[-1]) else ""
    return f"{front}{body}{back}"


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


@lru_cache(maxsize=1)
def load_words() -> Words:
    """The words beside the code."""
    text = files("servicebot.screening").joinpath(_FILE).read_text(encoding="utf-8")
    values = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  reads text only, builds nothing
    return Words(
        lists={name: tuple(words) for name, words in values.items() if isinstance(words, list)},
        numerals=values["numerals"],
        digit_words=values["digit_words"],
        signs={name: one for name, one in values.items() if isinstance(one, str)},
    )
