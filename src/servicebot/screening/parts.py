"""Parts of one number with words between them, joined: `6217然后0038`, `前六位621700，后四位5635`."""

import re
from functools import lru_cache
from typing import Final

from servicebot.screening.reading import Reading
from servicebot.screening.words import load_words

_DAY = re.compile(r"(?<=\d{6})[ ,]{0,2}\d{4}年\d{2}月\d{2}日[ ,]{0,2}(?=\d{3}[\dx])")
_DOTS = re.compile(r"(?<=\d)[.·]{4,12}(?=\d)")
_LONG = re.compile(r"\d(?:.{0,12}\d){2}", re.DOTALL)
_NOT_DIGIT = re.compile(r"\D")
# Letters typed for digits stand in a number of a telephone's length that is hardly anything else.
_LOOKS = re.compile(
    r"(?<![a-z0-9])(?=[0-9 .\-]{0,20}+[lio|])[lio|0-9](?:[ .\-]?[lio|0-9]){10}(?![a-z0-9])"
)
_LETTERS = str.maketrans("li|o", "1110")
_FEWEST_DIGITS: Final = 7


def joined_parts(reading: Reading) -> Reading | None:
    """The same with one dash between the parts of a number; None where nothing is joined."""
    found = reading
    if not _LONG.search(reading.text):
        return None
    for pattern, written in (
        (_DAY, _digits),
        (_patterns()[0], _dash),
        (_patterns()[1], _blank),
        (_DOTS, _dash),
        (_LOOKS, _digits_meant),
    ):
        found = found.rewritten(pattern, written)
    return None if found is reading else found


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words().lists
    then = "|".join(sorted(words["part_words"], key=lambda word: (-len(word), word)))
    place = (
        rf"(?:{'|'.join(words['place_words'])})(?:[1-9一二两三四五六七八九]|十[一二三四五]?|1\d)"
    )
    place += r"[位个](?:数字?|号码?)?"
    said = r"(?:[是为:]|is)?"
    between = rf"(?<=\d)[\s,.、;·]{{0,3}}+(?:(?:{then}|{place})[\s,:]{{0,2}}+{said}\s?)(?=\d)"
    return re.compile(between), re.compile(rf"(?:{place})\s?{said}\s?(?=\d)")


def _dash(_: str) -> str:
    return "-"


def _blank(_: str) -> str:
    return " "


def _digits(day: str) -> str:
    return f"-{_NOT_DIGIT.sub('', day)}-"


def _digits_meant(number: str) -> str:
    digits = sum(sign.isdigit() for sign in number)
    return number.translate(_LETTERS) if digits >= _FEWEST_DIGITS else number
