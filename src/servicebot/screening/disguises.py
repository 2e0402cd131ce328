"""What a text may also be read as where somebody hides an address or a messenger in it."""

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from servicebot.screening.reading import Reading, read_with_pictures

_CODED = re.compile(r"(?:%[0-9a-f]{2})+|&#(?:x[0-9a-f]{1,6}|\d{1,7});?|&[a-z]{2,10};")
# Letters one by one: `e v i l . c o m`, `w x`.
_APART = re.compile(r"(?<![^\W\u2e80-\u9fff])[a-z](?: [a-z.](?![a-z0-9]))+")
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
    joined = plain.rewritten(_APART, _together)
    if joined is not plain:
        yield joined
    if not reading.original.isascii() and any(map(_is_picture, reading.original)):
        yield read_with_pictures(reading.original)


def decoded(coded: str) -> str:
    """Signs written as `%2e` or `&#46;`, plain and in lower case; unreadable ones stay."""
    plain = html.unescape(coded) if coded.startswith("&") else unquote(coded)
    return plain.lower() if plain.isprintable() else coded


def _is_picture(sign: str) -> bool:
    return sign > "\u2000" and unicodedata.category(sign) == "So"


def _together(letters: str) -> str:
    return letters.replace(" ", "")
