"""What an id of a messenger looks like, and what only looks like one."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from servicebot.screening.check_digits import is_day
from servicebot.screening.digit_runs import is_money_before, is_money_behind
from servicebot.screening.reading import Reading
from servicebot.screening.words import alternatives, load_words

ID: Final = r"_?[a-z0-9](?:[a-z0-9_\-]|\.(?=[a-z0-9]))*+(?:#\d{4}(?!\d))?"
ID_DIGITS: Final = r"(?:\+\s?)?\d(?:[ .\-]{0,2}\d){4,19}"
SHORTEST: Final = 4
# Somewhere a letter stands beside a digit or a line, or six digits stand in a row.
_MAY = re.compile(r"[a-z][.\-]?[\d_]|[\d_][.\-]?[a-z]|\d(?:[ .\-]{0,2}+\d){5}")
_SHORTEST_PICKED: Final = 5
_VERSION = re.compile(r"v?\d{1,3}(?:\.\d{1,5}){1,4}")
_CENTS = re.compile(r"\d+\.\d{1,2}")
_FRONT = re.compile(r"[a-z]+")
_OF_STAFF = re.compile(r"[a-z]{1,2}\d{2,6}")
_LETTERS: Final = 3
_SMALL_LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class _Patterns:
    unit: re.Pattern[str]
    code_before: re.Pattern[str]
    code_behind: re.Pattern[str]
    order_before: re.Pattern[str]
    things: frozenset[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = load_words()
    units = "|".join(map(re.escape, words.lists["units"]))
    things, be = words.any_of("code_things", "order_words"), words.any_of("be_words")
    business = [word for word in words.lists["business_things"] if len(word) > 1]
    ends = "".join(words.lists["number_ends"])
    numbered = rf"{alternatives(business)}[{ends}]+"
    return _Patterns(
        unit=re.compile(rf"\s?(?:{units})|:\d"),
        code_before=re.compile(
            rf"(?:{things}|{numbered})(?:[\s:,\"“「(]|{be}|[{ends}]|{words.signs['id_word']}){{0,5}}+$"
        ),
        code_behind=re.compile(rf"[\s\"”」]?{words.any_of('code_things_behind')}"),
        order_before=re.compile(
            rf"{words.any_of('order_words')}[^\n{words.signs['order_parts']}]{{0,14}}+$"
        ),
        things=frozenset(words.lists["no_id_fronts"]),
    )


def may_hold_id(text: str) -> bool:
    """Whether a text may hold an id that no messenger is named with; most hold none."""
    return _MAY.search(text) is not None


def is_unit_behind(text: str, end: int) -> bool:
    """Whether the number that ends here is a length of time, a count or a part of a time."""
    return _patterns().unit.match(text, end) is not None


def is_version(name: str) -> bool:
    """Whether a name is the version of a program: `8.0.49`."""
    return _VERSION.fullmatch(name) is not None


def fillers(name: str) -> str:
    """A pattern of the words of a list that may stand before an id, and are no part of it."""
    words = load_words()
    latin, other = words.split(name)
    return rf"(?:{alternatives(latin)}(?![0-9_\-])|{alternatives(other)})"


def is_number(name: str) -> bool:
    """Whether a name is digits alone, with what parts them."""
    return not any(map(str.isalpha, name))


def count_digits(name: str) -> int:
    """How many digits a name has."""
    return sum(map(str.isdigit, name))


def is_mixed(name: str) -> bool:
    """Whether letters stand with digits or lines, as in an id and hardly in a word."""
    return any(map(str.isalpha, name)) and (
        any(map(str.isdigit, name)) or "_" in name or "-" in name.strip("-")
    )


def is_quantity(text: str, start: int, end: int) -> bool:
    """Whether digits are a sum, a length of time, a count or a day."""
    if is_money_behind(text, end) or is_unit_behind(text, end) or is_money_before(text, start):
        return True
    digits = "".join(filter(str.isdigit, text[start:end]))
    is_date = len(digits) == 8 and is_day(digits)  # noqa: PLR2004  year, month, day
    return is_date or _CENTS.fullmatch(text, start, end) is not None


def written(reading: Reading, start: int, end: int) -> str:
    """A name as it was typed."""
    first, behind = reading.place(start, end)
    return reading.original[first:behind]


def is_small(reading: Reading, start: int, end: int) -> bool:
    """Whether a name was typed with small letters, as people write ids and banks no codes."""
    return any(map(str.islower, written(reading, start, end)))


def is_of_staff(reading: Reading, start: int, end: int) -> bool:
    """Whether a name has the form of a number of staff, a queue or a form: `A1023`."""
    has_form = _OF_STAFF.fullmatch(reading.text, start, end) is not None
    return has_form and not is_small(reading, start, end)


def is_picked(reading: Reading, start: int, end: int) -> bool:
    """Whether a name is one that somebody picked: a few letters with digits or lines, no thing."""
    name = reading.text[start:end]
    letters = sum(map(str.isalpha, name))
    has_more = any(map(str.isdigit, name)) or "_" in name
    fewest = _SMALL_LETTERS if is_small(reading, start, end) else _LETTERS
    if letters < fewest or not has_more or len(name) < _SHORTEST_PICKED:
        return False
    begins = _FRONT.match(name.lstrip("_")) is not None
    return begins and not is_thing(name) and not is_version(name)


def is_thing(name: str) -> bool:
    """Whether a name begins with the word for a thing: iphone15."""
    front = _FRONT.match(name.lstrip("_"))
    return front is not None and front.group() in _patterns().things


def is_code(text: str, start: int, end: int) -> bool:
    """Whether words of the bank's business stand right before or behind a name."""
    return is_code_before(text, start) or _patterns().code_behind.match(text, end) is not None


def is_ordered(text: str, start: int) -> bool:
    """Whether the word for an order, a receipt or a contract leads to a number, and nothing else."""
    return _patterns().order_before.search(text, max(0, start - 20), start) is not None


def is_code_before(text: str, start: int) -> bool:
    """Whether words of the bank's business end here."""
    return _patterns().code_before.search(text, max(0, start - 12), start) is not None
