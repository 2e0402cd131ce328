"""Ids that no messenger is named with: a wish for contact, a person or an owner stands beside them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from servicebot.screening.ids import (
    ID,
    ID_DIGITS,
    SHORTEST,
    count_digits,
    fillers,
    is_code,
    is_code_before,
    is_mixed,
    is_number,
    is_of_staff,
    is_picked,
    is_quantity,
    is_small,
    is_version,
    written,
)
from servicebot.screening.reading import Reading
from servicebot.screening.spans import Kind, Span
from servicebot.screening.words import load_words

_PICKED = re.compile(r"[a-z]{2}[a-z.\-]*+\d{2}")
_LENGTHS: Final = range(6, 41)
_HASH = re.compile(r"[0-9a-f\-]{16,}")
_EXPLAINED: Final = 14
_NEAR: Final = 4  # signs between a wish and an id that anybody may have
_SIX: Final = 6
_VERB_BEFORE: Final = 12


@dataclass(frozen=True, slots=True)
class _Patterns:
    wish: re.Pattern[str]
    verb: re.Pattern[str]
    verb_before: re.Pattern[str]
    person: re.Pattern[str]
    owned: re.Pattern[str]
    label: re.Pattern[str]
    numbered: re.Pattern[str]
    any: re.Pattern[str]
    explained: re.Pattern[str]
    no_ids: frozenset[str]
    business: tuple[str, ...]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = load_words()
    any_of, be = words.any_of, words.any_of("be_words")
    few = rf"(?![_\-.])(?:[\s:\"'“「(@]|{fillers('contact_fillers')}){{0,6}}+"
    far = rf"(?:[^a-z0-9\n。!?;]|{fillers('id_fillers')}){{0,14}}+"
    one = rf"(?P<id>{ID_DIGITS}|{ID})"
    verbs = rf"(?:(?<![{words.signs['no_add_fronts']}]){any_of('contact_verbs')}|(?<![a-z0-9+])\+{{1,2}})"
    owners = rf"(?:{any_of('owners')}\s?{any_of('owned')}|(?P<own>{any_of('own_words')}))"
    return _Patterns(
        wish=re.compile(rf"{any_of('wishes', 'add_words')}(?P<between>{far}){one}"),
        verb=re.compile(rf"{verbs}{few}(?P<id>{ID})"),
        verb_before=re.compile(verbs),
        person=re.compile(
            rf"{any_of('persons')}(?:{words.signs['person_front']}[\u3400-\u9fff]|\.?\s[a-z]{{2,12}}(?=\s\d))?{few}{one}"
        ),
        owned=re.compile(rf"{owners}{few}{one}"),
        label=re.compile(rf"{any_of('labels')}(?![_\-.])(?:[\s:]|{be}){{0,3}}+(?P<id>{ID})"),
        numbered=re.compile(rf"{words.signs['number_sign']}(?:[\s:]|{be}){{0,3}}+(?P<id>{ID})"),
        any=re.compile(rf"(?<![a-z0-9_\-./@%&=?#])(?=[a-z_])(?P<id>{ID})(?!@)"),
        explained=re.compile(any_of("explaining_words")),
        no_ids=frozenset(words.lists["no_ids"]),
        business=words.lists["business_things"],
    )


def find_handles(reading: Reading) -> Iterator[Span]:
    """The ids of a text that lead to somebody, by what is said around them."""
    patterns = _patterns()
    for pattern, is_id in _rules(patterns):
        for found in pattern.finditer(reading.text):
            is_word = found["id"] in patterns.no_ids or is_version(found["id"])
            if not is_word and is_id(reading, found):
                place = reading.place(found.start(), found.end())
                yield Span(Kind.MESSENGER, *place, found["id"])


def _rules(
    patterns: _Patterns,
) -> tuple[tuple[re.Pattern[str], Callable[[Reading, re.Match[str]], bool]], ...]:
    return (
        (patterns.wish, _is_wished),
        (patterns.verb, _is_of_contact),
        (patterns.person, _is_of_person),
        (patterns.owned, _is_owned),
        (patterns.label, _is_labelled),
        (patterns.numbered, _is_numbered),
        (patterns.any, _is_unexplained),
    )


def _is_wished(reading: Reading, found: re.Match[str]) -> bool:
    """Behind `加我`: whatever is near, and further off what somebody picked."""
    name, place = found["id"], found.span("id")
    is_near = len(found["between"]) <= _NEAR
    if is_number(name):
        return is_near and count_digits(name) >= _SIX and not is_quantity(found.string, *place)
    if is_small(reading, *place) and is_picked(reading, *place):
        return True
    is_long = len(name) >= SHORTEST and is_mixed(name) and not is_of_staff(reading, *place)
    return is_near and is_long and not is_code(found.string, *place)


def _is_of_contact(reading: Reading, found: re.Match[str]) -> bool:
    """Behind a verb of contact or a label: what somebody picked and the bank has no word for."""
    place = found.span("id")
    is_ours = is_code(found.string, *place)
    is_sum = found.group().startswith("+") and not count_digits(found["id"])
    return is_small(reading, *place) and is_picked(reading, *place) and not is_ours and not is_sum


def _is_labelled(reading: Reading, found: re.Match[str]) -> bool:
    """Behind a word for an id, unless a word of the bank's business stands before that."""
    is_ours = is_code_before(found.string, found.start())
    return count_digits(found["id"]) > 0 and not is_ours and _is_of_contact(reading, found)


def _is_of_person(reading: Reading, found: re.Match[str]) -> bool:
    """Behind a person: what somebody picked; with a verb of contact in front digits too."""
    name, text, place = found["id"], found.string, found.span("id")
    before = max(0, found.start() - _VERB_BEFORE)
    is_led = _patterns().verb_before.search(text, before, found.start()) is not None
    if is_number(name):
        return is_led and count_digits(name) >= _SIX and not is_quantity(text, *place)
    is_typed = is_led or is_small(reading, *place)
    return is_typed and is_picked(reading, *place) and not is_code(text, *place)


def _is_owned(reading: Reading, found: re.Match[str]) -> bool:
    """Behind `我的号`; behind `我的` alone what somebody picked."""
    name, place = found["id"], found.span("id")
    if found["own"]:
        return is_small(reading, *place) and is_picked(reading, *place)
    if is_number(name):
        return count_digits(name) >= _SIX and not is_quantity(found.string, *place)
    return len(name) >= SHORTEST and is_mixed(name) and not is_of_staff(reading, *place)


def _is_numbered(reading: Reading, found: re.Match[str]) -> bool:
    """Behind `…号` that is none of the bank's business."""
    is_ours = found.string.endswith(_patterns().business, 0, found.start())
    is_said = found.start() > 0 and not found.string[found.start() - 1].isdigit()
    return is_said and not is_ours and _is_of_contact(reading, found)


def _is_unexplained(reading: Reading, found: re.Match[str]) -> bool:
    """Small letters with digits and no word that says what they are: somebody's, wherever."""
    name, text, place = found["id"], found.string, found.span("id")
    has_form = "_" in name and count_digits(name) > 0
    if len(name) not in _LENGTHS or not (has_form or _PICKED.match(name)):
        return False
    is_all_small = not any(map(str.isupper, written(reading, *place)[1:]))
    if not is_all_small or not is_picked(reading, *place):
        return False
    front, _, last = name.rpartition(".")
    if (front and last.isalpha()) or _HASH.fullmatch(name):  # a file, a host
        return False
    before = max(0, place[0] - _EXPLAINED)
    is_explained = _patterns().explained.search(text, before, place[0]) is not None
    return not is_explained and not is_code(text, *place)
