"""What a text may also be read as where somebody hides an address or a messenger in it."""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from servicebot.screening.reading import Reading, read_with_pictures
from servicebot.screening.words import load_words

_CODED = re.compile(r"(?:%[0-9a-f]{2})+|&#(?:x[0-9a-f]{1,6}|\d{1,7});?|&[a-z]{2,10};")
# Signs one by one: `e v i l . c o m`, `w x`, `j f 2 7`.
_APART = re.compile(r"(?<![^\W\u2e80-\u9fff])[a-z](?: [a-z0-9._](?![a-z0-9]))+")
# Signs one by one with another sign between: `W-h-a-t-s-A-p-p`, `加、我、微、信`.
_PARTED = re.compile(r"(?<!\w)\w(?:(?P<sign>[、·\-_*~|/,.])\w(?!\w))(?:(?P=sign)\w(?!\w)){2,}")
# What stands between Chinese words and can be turned round: `0083100831`, `ten.live`.
_TOKENS = re.compile(r"[a-z0-9](?:[a-z0-9 .\-_@:/]{0,60}[a-z0-9])?")
_LEET = re.compile(r"(?<=[a-z])[013457](?=[a-z])")
_LOOSE_AT = re.compile(r"(?<=[a-z0-9])[#*](?=[a-z0-9\-]{1,40}\.[a-z]{2})")
_DEEPEST: Final = 3  # times a sign may be coded over


def disguised(reading: Reading) -> Iterator[Reading]:
    """Other readings of a text, where there are any: signs that were coded, letters one by one."""
    plain = reading
    for _ in range(_DEEPEST):
        found = plain.rewritten(_CODED, decoded)
        if found.text == plain.text:
            break
        plain = found
    if plain is not reading:
        yield plain
    for other in _rewritten(plain):
        if other is not plain:
            yield other
    if not reading.original.isascii() and any(map(_is_picture, reading.original)):
        yield read_with_pictures(reading.original)


def _rewritten(plain: Reading) -> Iterator[Reading]:
    yield plain.rewritten(_APART, _together).rewritten(_PARTED, _without_sign)
    yield plain.rewritten(_sign_names(), _sign)
    meant = as_meant(plain)
    yield meant
    yield meant.rewritten(_LEET, _letter).rewritten(_sign_names(), _sign)
    if _turning().search(plain.text):
        yield plain.rewritten(_TOKENS, _turned)
    if _hint().search(plain.text):
        yield plain.rewritten(_loose_dot(), _dot).rewritten(_LOOSE_AT, _at)


def _letter(digit: str) -> str:
    return load_words().tables["leet"][digit]


def _without_sign(letters: str) -> str:
    return letters[::2]


@lru_cache(maxsize=1)
def _sign_names() -> re.Pattern[str]:
    return re.compile(rf"\s?{load_words().any_of('sign_names')}\s?(?=[a-z0-9])")


def _sign(told: str) -> str:
    return load_words().tables["sign_names"][told.strip()]


@lru_cache(maxsize=1)
def _turning() -> re.Pattern[str]:
    return re.compile(load_words().any_of("turning_words"))


def _turned(token: str) -> str:
    return token[::-1]


def as_meant(reading: Reading) -> Reading:
    """The same with the signs that are meant for those that look or sound like them."""
    return reading.rewritten(_misspelt(), _meant)


@lru_cache(maxsize=1)
def _misspelt() -> re.Pattern[str]:
    return re.compile(load_words().any_of("misspelt"))


def _meant(typed: str) -> str:
    return load_words().tables["misspelt"][typed]


@lru_cache(maxsize=1)
def _hint() -> re.Pattern[str]:
    """Who tells how to put an address together: `evil com，中间加点`."""
    return re.compile(load_words().any_of("dot_hints"))


@lru_cache(maxsize=1)
def _loose_dot() -> re.Pattern[str]:
    suffixes = load_words().any_of("sold_suffixes")
    return re.compile(rf"(?<=[a-z0-9]{{3}})[ _,*#|+~/\-]{{1,2}}(?={suffixes})")


def _dot(_: str) -> str:
    return "."


def _at(_: str) -> str:
    return "@"


def decoded(coded: str) -> str:
    """Signs written as `%2e` or `&#46;`, plain and in lower case; unreadable ones stay."""
    plain = html.unescape(coded) if coded.startswith("&") else unquote(coded)
    return plain.lower() if plain.isprintable() else coded


def _is_picture(sign: str) -> bool:
    return sign > "\u2000" and unicodedata.category(sign) == "So"


def _together(letters: str) -> str:
    return letters.replace(" ", "")
