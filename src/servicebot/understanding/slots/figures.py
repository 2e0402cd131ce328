"""The numbers of a text, in both languages, without what they count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Final

from servicebot.understanding.slots.chinese_numerals import NUMBER, is_row, parse_number
from servicebot.understanding.slots.counters import begins_word
from servicebot.understanding.slots.english_numbers import NUMBER_WORDS, SCALES, SMALL, parse_words

# Nobody names more amounts in one message; a pasted list is not a wish.
_MOST: Final = 20
_SCALES: Final = {*SCALES, "w"}
_PAIR: Final = re.compile(
    r"(?<![一二两三四五六七八九])(?:[一两]二|[一二]两|[一二两]三|三[两四五]|四五|五六|六七|七八|八九)(?![一二两三四五六七八九零〇])"
)
_TWICE: Final = re.compile(r"[一二两三四五六七八]([十百千万])[二两三四五六七八九]\1")
# 借一万五个月: the digit or the ten behind a big unit may belong to the next word.
_NEXT_WORD: Final = re.compile(
    r"(?P<kept>.*[百千万亿kw])(?:[一二两三四五六七八九]|[一二三四五六七八九]?十[一二三四五六七八九]?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number in a text.

    Attributes:
        start: Index of its first character.
        end: Index behind its last one.
        spelled: How it is written.
        value: What it comes to; zero for one that is vague.
        vague: Whether it names two numbers at once: 两三百, 十二三, 四百五百.
    """

    start: int
    end: int
    spelled: str
    value: Fraction
    vague: bool = False

    @property
    def is_scaled(self) -> bool:
        """Whether a scale of everyday speech is part of it: 1w, 三千, `two hundred`, `5 k`."""
        if self.spelled.isascii():
            return any(word in _SCALES for word in re.findall("[a-z]+", self.spelled))
        return len(self.spelled) > 1 and any(sign in "千仟万亿kw" for sign in self.spelled)

    @property
    def lead(self) -> Fraction:
        """The number in front of its first scale: 3 in 3百 and `three hundred`."""
        first = re.match(r"[\d.]+|[a-z]+|.", self.spelled)
        word = first.group() if first else ""
        if word in SMALL:
            return Fraction(SMALL[word])
        return parse_number(word) or Fraction(0)


def find_figures(text: str) -> tuple[Figure, ...]:
    """Finds the first numbers of a normalized text, in reading order; none overlaps another."""
    found = [
        figure for match in islice(NUMBER.finditer(text), _MOST) for figure in _han(text, match)
    ]
    found += [
        figure for match in islice(NUMBER_WORDS.finditer(text), _MOST) for figure in _words(match)
    ]
    chosen: list[Figure] = []
    for figure in sorted(found, key=lambda figure: (figure.start, -figure.end)):
        if not chosen or figure.start >= chosen[-1].end:
            chosen.append(figure)
    return tuple(chosen)


def _han(text: str, match: re.Match[str]) -> Iterator[Figure]:
    start = match.start()
    spelled = _own_part(match.group()) if begins_word(text, match.end()) else match.group()
    value = parse_number(spelled)
    pair = _PAIR.search(spelled) or _TWICE.fullmatch(spelled)
    vague = pair is not None and (value is None or is_row(spelled))
    if value is not None or vague:
        yield Figure(
            start=start,
            end=start + len(spelled),
            spelled=spelled,
            value=Fraction(0) if vague or value is None else value,
            vague=vague,
        )


def _own_part(spelled: str) -> str:
    """The number without the digit that begins the next word: 一万 of 一万一 in front of 年."""
    shorter = _NEXT_WORD.fullmatch(spelled)
    if shorter and parse_number(shorter.group("kept")):
        return shorter.group("kept")
    alone = parse_number(spelled) is None and not _PAIR.search(spelled)
    return spelled[:-1] if alone and parse_number(spelled[:-1]) else spelled


def _words(match: re.Match[str]) -> Iterator[Figure]:
    """The number, or the numbers where `and` stands between two of them."""
    whole = _worded(match.start(), match.group())
    if whole is not None:
        yield whole
        return
    start = match.start()
    for part in match.group().split(" and "):
        figure = _worded(start, part)
        if figure is not None:
            yield figure
        start += len(part) + len(" and ")


def _worded(start: int, spelled: str) -> Figure | None:
    stripped = spelled.rstrip(" -")
    value = parse_words(stripped)
    if value is None:
        return None
    return Figure(start=start, end=start + len(stripped), spelled=stripped, value=value)
