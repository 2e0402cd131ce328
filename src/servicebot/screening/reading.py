"""A foreign text as it is meant: folded once, each sign with its place in the original.

Folded are width and compatibility forms (NFKC), capitals, traditional script, digits of every
script, blanks and dashes. Dropped is what nobody sees: zero-width signs, controls, direction marks,
signs that are drawn over others.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from servicebot.screening.simplified import simplified_characters
from servicebot.screening.words import load_words

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"})
_WORDLESS: Final = _UNSEEN | {"So"}  # a picture between two letters parts no word
_ZERO_RING: Final = "\u25cb"  # typed for 〇
_MIDDLE_DOTS: Final = frozenset("·•・‧∙⋅●ㆍ᛫")
_HEAVY_PLUS: Final = "\u2795"
_MINUS: Final = "\u2212"
PICTURE: Final = "\u2665"  # stands for any picture where they are read
_TURNED: Final = frozenset("\u202e\u202b\u2067")  # what follows is shown from right to left
_DIGIT = re.compile(r"\d")
_CASE = re.compile(r"[a-z](?=[A-Z])|[A-Z]{2}(?=[a-z])")
_FRAMED = re.compile(r"LETTER ([A-Z])$")  # the name of a letter in a circle or a square
_ENDED: Final = frozenset("\u202c\u2069\n")
_FEW: Final = 2  # digits written as words; one alone is no part of a number
_LEAST: Final = 4  # digits in all; fewer are no number of a person


@dataclass(frozen=True, slots=True)
class Reading:
    """A text folded.

    Attributes:
        text: The signs that are seen.
        starts: Where each of them begins in the original.
        ends: Where each of them ends there.
        original: The text as it came.
        is_shown: Whether the order is that of a screen and not that of the original.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    original: str
    is_shown: bool = False

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original."""
        if self.is_shown:
            return min(self.starts[start:end]), max(self.ends[start:end])
        return self.starts[start], self.ends[end - 1]

    def rewritten(self, pattern: re.Pattern[str], written: Callable[[str], str]) -> "Reading":
        """The same with whatever `pattern` finds written anew; places are kept."""
        text, starts, ends, last = [], [], [], 0
        for found in pattern.finditer(self.text):
            new = written(found.group())
            first, behind = self.place(found.start(), found.end())
            text += [self.text[last : found.start()], new]
            starts += [*self.starts[last : found.start()], *[first] * len(new)]
            ends += [*self.ends[last : found.start()], *[behind] * len(new)]
            last = found.end()
        if not last:
            return self
        starts += self.starts[last:]
        ends += self.ends[last:]
        return replace(self, text="".join([*text, self.text[last:]]), starts=starts, ends=ends)


def read(text: str) -> Reading:
    """Folds a text."""
    if text.isascii() and text.isprintable():
        return Reading(text.lower(), range(len(text)), range(1, len(text) + 1), text)
    return _read(text, range(len(text)))


def read_as_shown(text: str) -> Reading:
    """Folds a text in the order in which a screen shows it, direction marks obeyed."""
    order: list[int] = []
    turned: list[int] = []
    is_turned = False
    for place, character in enumerate(text):
        if character in _TURNED or character in _ENDED:
            order += reversed(turned)
            turned = []
            is_turned = character in _TURNED
        (turned if is_turned else order).append(place)
    order += reversed(turned)
    return replace(_read(text, order), is_shown=True)


def read_with_pictures(text: str) -> Reading:
    """Folds a text; a heart stands for each picture, which otherwise nobody reads."""
    return _read(text, range(len(text)), pictures=True)


def read_by_case(text: str) -> Reading | None:
    """Folds a text with a blank where small letters begin or end: `QQlisa88`, `TelegramID`.

    None where letters change their case at the beginning of words only.
    """
    if _CASE.search(text) is None:
        return None
    plain = read(text)
    places = {found.end() for found in _CASE.finditer(text)}
    signs, starts, ends = [], [], []
    for sign, start, end in zip(plain.text, plain.starts, plain.ends, strict=True):
        piece = f" {sign}" if start in places else sign
        signs.append(piece)
        starts += [start] * len(piece)
        ends += [end] * len(piece)
    return Reading("".join(signs), starts, ends, text)


def is_turned(text: str) -> bool:
    """Whether the text holds a mark that turns the order of what is shown."""
    return not _TURNED.isdisjoint(text)


def _read(original: str, order: Sequence[int], *, pictures: bool = False) -> Reading:
    fold = _fold_picture if pictures else _fold
    pieces = [fold(original[place]) for place in order]
    folded = "".join(pieces)
    if len(folded) == len(pieces) and all(pieces):
        return Reading(folded, order, [place + 1 for place in order], original)
    starts = [place for place, piece in zip(order, pieces, strict=True) for _ in piece]
    return Reading(folded, starts, [place + 1 for place in starts], original)


@lru_cache(maxsize=16_384)
def _fold(character: str) -> str:
    """What one sign is read as; nothing where nobody sees it."""
    if character.isspace() or not character.isprintable():
        return _blank(character)
    if character.isascii():
        return character.lower()
    digit = unicodedata.digit(character, None)
    return _fold_sign(character) if digit is None else str(digit)


@lru_cache(maxsize=1024)
def _fold_picture(character: str) -> str:
    """A picture as the word it stands for, or as the letter it frames."""
    if unicodedata.category(character) != "So":
        return _fold(character)
    framed = _FRAMED.search(unicodedata.name(character, ""))
    word = load_words().tables["pictures"].get(character)
    return word or (framed.group(1).lower() if framed else PICTURE)


def _fold_sign(character: str) -> str:
    category = unicodedata.category(character)
    if category in _UNSEEN or character == _ZERO_RING:
        return "" if category in _UNSEEN else "0"
    if character in _MIDDLE_DOTS:
        return "·"
    if category == "Pd" or character == _MINUS:
        return "-"
    if character == _HEAVY_PLUS:
        return "+"
    folded = unicodedata.normalize("NFKC", character).lower().translate(simplified_characters())
    return "".join(one for one in folded if unicodedata.category(one) not in _WORDLESS)


def _blank(character: str) -> str:
    if character == "\n":
        return character
    return " " if character.isspace() else ""


def with_spoken_digits(reading: Reading) -> Reading | None:
    """The same with digits that are written as words; None where there are hardly any."""
    numerals, words = _spoken()
    found = len(numerals.findall(reading.text))
    spoken = len(words.findall(reading.text))
    if found + spoken < _FEW or found + spoken + len(_DIGIT.findall(reading.text)) < _LEAST:
        return None
    known = load_words()
    read_ = reading.rewritten(_repeated(), _repeat).rewritten(_plus(), _signed)
    if spoken >= _FEW:
        read_ = read_.rewritten(words, lambda word: known.tables["digit_words"][word])
    if found:
        table = str.maketrans(dict(known.tables["numerals"]))
        read_ = replace(read_, text=read_.text.translate(table))
    return read_


@lru_cache(maxsize=1)
def _spoken() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words()
    numerals = "[" + "".join(words.tables["numerals"]) + "]"
    return re.compile(numerals), re.compile(words.any_of("digit_words"))


@lru_cache(maxsize=1)
def _plus() -> re.Pattern[str]:
    numerals, words = _spoken()
    return re.compile(
        rf"{load_words().any_of('plus_words')}\s?(?=\d|{numerals.pattern}|{words.pattern})"
    )


def _signed(_: str) -> str:
    return "+"


@lru_cache(maxsize=1)
def _repeated() -> re.Pattern[str]:
    """`double zero`, `三个八`."""
    numerals, words = _spoken()
    one = rf"(?:\d|{numerals.pattern}|{words.pattern})"
    return re.compile(rf"{load_words().any_of('repeats')}\s?{one}")


def _repeat(said: str) -> str:
    """The digit as often as it is said."""
    times = load_words().tables["repeats"]
    front = next(word for word in times if said.startswith(word))
    one = said[len(front) :]
    return one * int(times[front])


def visible(text: str) -> str:
    """A text without controls, direction marks and signs of no width; emoji stay joined."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(one for one in text if one in _KEPT or unicodedata.category(one) not in _GONE)


_KEPT: Final = frozenset("\n\t\u200d")
_GONE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
