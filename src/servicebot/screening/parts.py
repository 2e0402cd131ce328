"""Parts of one number with words between them, joined: `6217然后0038`, `前六位621700，后四位5635`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from servicebot.screening.reading import Reading
from servicebot.screening.words import load_words

_DOTS = re.compile(r"(?<=\d)[.·]{4,12}(?=\d)")
_LONG = re.compile(r"\d(?:.{0,12}\d){2}", re.DOTALL)
_NOT_DIGIT = re.compile(r"\D")
# Letters typed for digits stand in a number of a telephone's length that is hardly anything else.
_LOOKS = re.compile(
    r"(?<![a-z0-9])(?=[0-9 .\-]{0,20}+[lio|])[lio|0-9](?:[ .\-]?[lio|0-9]){10}(?![a-z0-9])"
)
_LETTERS = str.maketrans("li|o", "1110")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_FEWEST_DIGITS: Final = 7
_FEWEST_OF_MOBILE: Final = 5


def joined_parts(reading: Reading) -> Reading | None:
    """The same with one dash between the parts of a number; None where nothing is joined."""
    found = reading
    if not _LONG.search(reading.text):
        return None
    for pattern, written in (
        (_patterns().day, _digits),
        (_patterns().between, _dash),
        (_patterns().before, _blank),
        (_DOTS, _dash),
        (_LOOKS, _digits_meant),
        (_patterns().repeated, _digits),
    ):
        found = found.rewritten(pattern, written)
    return None if found is reading else found


def joined_ids(reading: Reading) -> Reading | None:
    """The same with the parts of an id put together: `前面是kf，后面是88012`; None for none."""
    found = reading.rewritten(_patterns().id_between, _nothing)
    return None if found is reading else found.rewritten(_patterns().id_before, _blank)


@dataclass(frozen=True, slots=True)
class _Patterns:
    day: re.Pattern[str]
    between: re.Pattern[str]
    before: re.Pattern[str]
    repeated: re.Pattern[str]
    id_between: re.Pattern[str]
    id_before: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    def any_of(name: str) -> str:
        return "|".join(sorted(load_words().lists[name], key=lambda word: (-len(word), word)))

    amounts = load_words().any_of("money_after", "units", "date_words")
    then, year_month_day = any_of("part_words"), load_words().lists["date_words"]
    place = rf"(?:{any_of('place_words')})(?:{any_of('count_words')}|1\d|[1-9])"
    place += rf"(?:{any_of('place_counters')})(?:{any_of('place_things')})?"
    said = rf"(?:{any_of('be_words')}|:)?"
    day = "".join(rf"\d{{{n}}}{word}" for n, word in zip((4, 2, 2), year_month_day, strict=True))
    between = rf"(?<=\d)[\s,.、;·]{{0,3}}+(?:(?:{place}|{then})[\s,:]{{0,2}}+{said}\s?)(?=\d)"
    half = rf"{load_words().any_of('part_words', 'place_words')}[\s,:]{{0,2}}+{said}\s?(?=[a-z0-9])"
    return _Patterns(
        day=re.compile(rf"(?<=\d{{6}})[ ,]{{0,2}}{day}[ ,]{{0,2}}(?=\d{{3}}[\dx])"),
        between=re.compile(between),
        # Whatever stands twice in a mobile number parts it, and so do any two signs: 138×0013×8000.
        repeated=re.compile(
            rf"(?<![\d.])1[3-9]\d(?!{amounts})(?:(?P<sign>[^\d\s,.、;:/\-]{{1,3}}+)\d{{4}}(?P=sign)"
            r"|[^\w\s,.、;:/\-]{1,3}+\d{4}[^\w\s,.、;:/\-]{1,3}+)\d{4}(?!\d)"
        ),
        before=re.compile(rf"(?:{place})\s?{said}\s?(?=\d)"),
        id_between=re.compile(rf"(?<=[a-z0-9])[\s,.、;·]{{0,3}}+{half}"),
        id_before=re.compile(half),
    )


def _nothing(_: str) -> str:
    return ""


def _dash(_: str) -> str:
    return "-"


def _blank(_: str) -> str:
    return " "


def _digits(day: str) -> str:
    return f"-{_NOT_DIGIT.sub('', day)}-"


def _digits_meant(number: str) -> str:
    digits = sum(sign.isdigit() for sign in number)
    meant = number.translate(_LETTERS)
    is_mobile = _MOBILE.fullmatch(_NOT_DIGIT.sub("", meant)) is not None
    fewest = _FEWEST_OF_MOBILE if is_mobile else _FEWEST_DIGITS
    return meant if digits >= fewest else number
