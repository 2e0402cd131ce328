"""Takes private numbers out of a text before it is stored or logged anywhere.

Cards keep their last four digits, as PCI DSS 3.4.1 allows; everything else is taken out whole.
"""

import re
from collections.abc import Iterator
from typing import Final

from servicebot.screening.find_letters import find_letters
from servicebot.screening.find_numbers import find_numbers
from servicebot.screening.find_papers import find_papers
from servicebot.screening.find_secrets import find_secrets
from servicebot.screening.find_told import find_told
from servicebot.screening.parts import joined_parts
from servicebot.screening.reading import Reading, read, with_spoken_digits
from servicebot.screening.spans import Kind, Span, apart

_TAIL: Final = 4
_NO_SECRET = re.compile(r"[^\W_]")


def mask_personal_numbers(text: str) -> str:
    """The text with private numbers masked; amounts, dates, orders and card tails stay as typed."""
    if _NO_SECRET.search(text) is None:
        return text
    parts, last = [], 0
    for span in find_private(text):
        parts += [text[last : span.start], _mask(span)]
        last = span.end
    return "".join([*parts, text[last:]])


def find_private(text: str) -> tuple[Span, ...]:
    """What is private in a text, in order and apart."""
    reading = read(text)
    spans = list(_in_reading(reading))
    spans += find_letters(reading)
    spans += find_papers(reading)
    spoken = with_spoken_digits(reading)
    if spoken is not None:
        spans += _in_reading(spoken, spoken=True)
    joined = joined_parts(spoken or reading)
    if joined is not None:
        spans += _in_reading(joined, spoken=spoken is not None)
    return apart(spans)


def _in_reading(reading: Reading, *, spoken: bool = False) -> Iterator[Span]:
    secrets = list(find_secrets(reading.text))
    for start, end in (*secrets, *find_told(reading.text, secrets)):
        yield Span(Kind.SECRET, *reading.place(start, end), reading.text[start:end])
    yield from find_numbers(reading, strict=False, spoken=spoken)


def _mask(span: Span) -> str:
    if span.kind is Kind.CARD:
        return f"****{span.value[-_TAIL:]}"
    if span.kind in {Kind.LANDLINE, Kind.PHONE}:
        return "[phone]"
    return f"[{span.kind.value}]"
