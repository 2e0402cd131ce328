"""Ids in front of what says whose they are: `refund88 加我`, `refund88（微信）`, `refund88 是我微信`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from servicebot.screening.ids import (
    ID,
    ID_DIGITS,
    count_digits,
    is_code,
    is_number,
    is_picked,
    is_quantity,
)
from servicebot.screening.messenger_names import messenger_names
from servicebot.screening.reading import Reading
from servicebot.screening.spans import Kind, Span
from servicebot.screening.words import load_words

_MARKS: Final = " \n,.:()!~\"'”」)]←<-"
_MOST_MARKS: Final = 4
_BEFORE = re.compile(rf"(?<![a-z0-9_\-.])(?P<id>{ID_DIGITS}|{ID})[{re.escape(_MARKS)}]{{0,4}}+$")
_LONGEST: Final = 32
_MANY_DIGITS: Final = 7


@dataclass(frozen=True, slots=True)
class _Patterns:
    said: re.Pattern[str]
    behind: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = load_words()
    names, be = messenger_names(words), words.any_of("be_words")
    fillers, owners = words.any_of("turned_fillers"), words.any_of("turned_owners")
    short = words.any_of("short_messengers")
    ends = rf"(?=[)\]】》」”\"',。!;]|\s*$|{words.signs['number_sign']})"
    return _Patterns(
        said=re.compile(rf"(?:{fillers})?{be}\s?(?:{owners}\s?{short}|(?:{owners})?\s?{names})"),
        behind=re.compile(
            rf"{words.any_of('turned_wishes')}|(?:{names}|(?<=[(\[【]){short}){ends}"
        ),
    )


def find_turned(reading: Reading) -> Iterator[Span]:
    """The ids of a text in front of a wish for contact or the name of a messenger."""
    text = reading.text
    for found in _patterns().said.finditer(text):
        before = _id_before(text, found.start())
        if before is not None and any(one.isdigit() or one in "_-" for one in before["id"]):
            yield _span(reading, before, found)
    for found in _patterns().behind.finditer(text):
        before = _id_before(text, found.start())
        if before is not None and _is_id(reading, before):
            yield _span(reading, before, found)


def _id_before(text: str, end: int) -> re.Match[str] | None:
    """The id that ends here, marks between."""
    first = max(0, end - _MOST_MARKS - 1)
    marked = text[first:end]
    sign = marked.rstrip(_MARKS)[-1:]
    is_parted = not marked.endswith(sign) or not text[end].isascii()  # first_line
    if not (is_parted and sign.isascii() and (sign.isalnum() or sign == "_")):
        return None
    return _BEFORE.search(text, max(0, end - _LONGEST), end)


def _is_id(reading: Reading, found: re.Match[str]) -> bool:
    name, text, place = found["id"], found.string, found.span("id")
    if is_code(text, *place):
        return False
    if is_number(name):
        return count_digits(name) >= _MANY_DIGITS and not is_quantity(text, *place)
    return is_picked(reading, *place)


def _span(reading: Reading, before: re.Match[str], found: re.Match[str]) -> Span:
    return Span(Kind.MESSENGER, *reading.place(before.start(), found.end()), before["id"])
