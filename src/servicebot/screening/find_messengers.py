"""Ids behind or before the name of a messenger, a network or a purse."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from servicebot.screening.ids import (
    ID,
    ID_DIGITS,
    SHORTEST,
    fillers,
    is_code_before,
    is_mixed,
    is_picked,
    is_quantity,
    is_small,
    is_thing,
    is_version,
    written,
)
from servicebot.screening.messenger_names import messenger_names
from servicebot.screening.reading import PICTURE, Reading
from servicebot.screening.spans import Kind, Span
from servicebot.screening.words import load_words

_AT = re.compile(r"(?<![a-z0-9._%+\-])@\s?[a-z][a-z0-9_]{3,31}")
_GAPS = re.compile(r"[\s·.\-_/|*~]")
_HYPHENED = re.compile(r"[a-z]+(?:-[a-z]+)+")  # behind an English name a word: Alipay top-up
_PROSE = re.compile(r"\s[a-z]")  # an English sentence goes on behind
_GLUED_CODE = re.compile(r"\d{1,6}[a-z]")  # of a product: WX2027A
_FEWEST_DIGITS: Final = 5
_SIX: Final = 6
_MANY_DIGITS: Final = 7
_LONG_NAME: Final = 6


@dataclass(frozen=True, slots=True)
class _Patterns:
    messenger: re.Pattern[str]
    is_led: re.Pattern[str]
    named: re.Pattern[str]
    glued: re.Pattern[str]
    no_ids: frozenset[str]
    words: frozenset[str]
    short: frozenset[str]
    adds: frozenset[str]
    quarter: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = load_words()
    names, between = messenger_names(words), fillers("id_fillers")
    long = (one for one in words.split("messengers")[0] if len(one) >= _LONG_NAME and one.isalpha())
    own_words = words.lists["word_messengers"]
    glued = "|".join(
        [*words.lists["glued_messengers"], *(one for one in long if one not in own_words)]
    )
    every = messenger_names(words, "add_words", "short_messengers")
    parts = rf"(?:[\s:,.{PICTURE}·\-=>→⇒➜()\"'“”「」【】@]|{between}){{0,12}}+"
    return _Patterns(
        messenger=re.compile(
            rf"(?P<name>q[1-9](?=\s?[:=])|{every})"
            rf"(?=[^a-z0-9]{{0,60}}+[a-z0-9])(?P<between>{parts})(?P<id>{ID_DIGITS}|{ID})"
        ),
        is_led=re.compile(rf"[:=@{PICTURE}]|{words.any_of('id_leads')}"),
        named=re.compile(
            rf"(?:{names}|{words.any_of('wishes')})(?:[\s:,]|{between}){{0,6}}+@\s?"
            rf"(?P<id>[\u3400-\u9fff][\u3400-\u9fffa-z0-9_\-]{{1,19}})"
        ),
        glued=re.compile(rf"(?<![a-z0-9_\-.])(?:{glued})(?P<id>[a-z_][a-z0-9_\-.]{{4,39}}+)"),
        no_ids=frozenset(words.lists["no_ids"]),
        words=frozenset(words.lists["word_messengers"]),
        short=frozenset(words.lists["short_messengers"]),
        adds=frozenset(words.lists["add_words"]),
        quarter=re.compile(rf"[1-4](?:[ .\-/]|{words.any_of('date_words')})*(?:20)?\d\d(?!\d)"),
    )


def find_messengers(reading: Reading) -> Iterator[Span]:
    """The ids of messengers in a text that names them, and those behind an `@`."""
    text, patterns = reading.text, _patterns()
    if "@" in text:
        for found in _AT.finditer(text):
            yield _span(reading, found, found.group())
        for found in patterns.named.finditer(text):
            yield _span(reading, found, found["id"])
    for found in patterns.messenger.finditer(text):
        if _is_id(reading, found):
            yield _span(reading, found, found["id"])
    for found in patterns.glued.finditer(text):
        if is_small(reading, *found.span("id")) and is_picked(reading, *found.span("id")):
            yield _span(reading, found, found["id"])


def _span(reading: Reading, found: re.Match[str], name: str) -> Span:
    return Span(Kind.MESSENGER, *reading.place(found.start(), found.end()), name)


def _is_id(reading: Reading, found: re.Match[str]) -> bool:
    name, patterns = found["id"], _patterns()
    named = _GAPS.sub("", found["name"])
    is_add, is_short = named in patterns.adds, _is_short(named)
    is_glued = named.isascii() and found["between"] in {"", "-"}
    is_ours = (is_short or is_glued) and is_code_before(found.string, found.start())
    if name in patterns.no_ids or is_version(name) or is_ours:
        return False
    led_by = found["between"] if is_add or is_short else named + found["between"]
    is_led = patterns.is_led.search(led_by) is not None
    if not any(map(str.isalpha, name)):
        return _are_digits_id(found, named, is_led=is_led)
    if len(name) < SHORTEST or (is_short and not is_led):
        return (
            is_short
            and is_small(reading, *found.span("id"))
            and is_picked(reading, *found.span("id"))
        )
    is_english = named.isascii() and _HYPHENED.fullmatch(name) is not None
    if is_mixed(name) and (is_led or not is_english):
        return not _is_product(reading, found)
    is_led = is_led and PICTURE not in found["between"]
    is_wished = is_add and not named.isascii()
    is_prose = _PROSE.match(found.string, found.end()) is not None
    return is_wished or (not is_prose and (is_led or _is_long_word(reading, found, named)))


def _is_long_word(reading: Reading, found: re.Match[str], name: str) -> bool:
    """Whether letters alone behind a Chinese name are an id: many, small, and no thing."""
    place = found.span("id")
    is_long = len(found["id"]) >= _SIX and not name.isascii() and not is_thing(found["id"])
    return is_long and found["id"].isalpha() and not any(map(str.isupper, written(reading, *place)))


def _is_short(name: str) -> bool:
    return name in _patterns().short or name[1:].isdigit()


def _are_digits_id(found: re.Match[str], name: str, *, is_led: bool) -> bool:
    """Whether digits alone are an id: of a messenger, or of a word of its own where they are many."""
    between, place = found["between"], found.span("id")
    digits = sum(map(str.isdigit, found["id"]))
    is_qq = name.startswith("q")
    is_word = (name in _patterns().words or is_qq) and not is_led
    if is_word and (digits < _SIX or _patterns().quarter.match(found["id"])):
        return False
    fewest = _FEWEST_DIGITS
    if _is_short(name) and not is_led and not is_qq:
        if len(name) > 1 and name.isascii() and between in {"", "-"}:  # WB-2026-0012345
            return False
        fewest = _MANY_DIGITS
    is_glued = between[-1:].isascii() and between[-1:].isalpha()  # wx20261128 is no day
    return digits >= fewest and (is_glued or not is_quantity(found.string, *place))


def _is_product(reading: Reading, found: re.Match[str]) -> bool:
    """Whether capitals and digits in one are the code of a product: `WX2027A`."""
    is_glued = not found["between"] and found.group()[0].isascii()
    is_form = is_glued and _GLUED_CODE.fullmatch(found["id"]) is not None
    return is_form and not is_small(reading, found.start(), found.end())
