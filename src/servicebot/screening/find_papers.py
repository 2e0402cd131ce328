"""Numbers of papers that have no check of their own: behind the word for them, or by their form."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from servicebot.screening.check_digits import is_day
from servicebot.screening.digit_runs import is_money_behind
from servicebot.screening.reading import Reading
from servicebot.screening.spans import Kind, Span
from servicebot.screening.words import alternatives, load_words

# Lines for machines at the foot of a passport: `P<CHNLI<<MING`.
_FOR_MACHINES = re.compile(r"(?<![a-z0-9<])(?=[a-z0-9]{0,30}+<)[a-z0-9<]{8,44}+(?![a-z0-9<])")
_HONG_KONG = re.compile(r"(?<![a-z0-9])[a-z]{1,2}\d{6}\s?\([0-9a]\)")
_NUMBER: Final = (
    r"(?P<number>[a-z]{0,3}[ \-]?\d(?:[ \-]?\d){5,17}(?:\s?\([0-9a]\)|[\- ]?[0-9x](?![a-z0-9]))?)"
    r"(?![a-z0-9])"
)
_EIGHT: Final = 8


def find_papers(reading: Reading) -> Iterator[Span]:
    """The numbers of passports, permits and other papers that are named or of a plain form."""
    text = reading.text
    if "<<" in text:
        for found in _FOR_MACHINES.finditer(text):
            if "<<" in found.group():
                yield Span(Kind.PASSPORT, *reading.place(found.start(), found.end()), found.group())
    for found in _HONG_KONG.finditer(text) if "(" in text else ():
        yield Span(Kind.IDENTITY, *reading.place(found.start(), found.end()), found.group())
    for found in _named().finditer(text):
        number = found["number"]
        digits = "".join(filter(str.isdigit, number))
        is_dated = len(digits) == _EIGHT and number.isdigit() and is_day(digits)
        if not is_dated and not is_money_behind(text, found.end()):
            place = reading.place(found.start("number"), found.end("number"))
            yield Span(Kind.IDENTITY, *place, number)


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    words = load_words().lists
    between = alternatives(words["paper_fillers"])
    return re.compile(
        rf"{alternatives(words['paper_words'])}(?:[\s:,.(#]|{between}){{0,6}}+{_NUMBER}"
    )
