"""Whoever asks for a card number, a code or a password in the bank's name; warnings ask for none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from servicebot.screening.reading import Reading
from servicebot.screening.spans import Kind, Span
from servicebot.screening.words import alternatives, load_words

_SENTENCE = re.compile(r"[^\n。!;]+")
_BETWEEN: Final = 14


@dataclass(frozen=True, slots=True)
class _Patterns:
    secret: re.Pattern[str]
    asking: tuple[re.Pattern[str], ...]
    none: re.Pattern[str]
    topic: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    lists = load_words().lists
    secret, to_us = alternatives(lists["asked_secrets"]), alternatives(lists["to_us"])
    your, what = alternatives(lists["your_words"]), alternatives(lists["what_words"])
    forms = alternatives(lists["form_words"])
    hand, english = alternatives(lists["hand_over"]), alternatives(lists["ask_in_english"])
    near = rf".{{0,{_BETWEEN}}}?"
    return _Patterns(
        secret=re.compile(secret),
        asking=(
            re.compile(rf"{secret}{near}{hand}"),
            re.compile(rf"{hand}{near}{secret}"),
            re.compile(rf"{your}.{{0,8}}?{secret}{what}(?!{forms})"),
            re.compile(rf"(?:{english}).{{0,24}}?{secret}"),
            re.compile(rf"{secret}.{{0,8}}?{to_us}"),
        ),
        none=re.compile(alternatives(lists["no_asking"])),
        topic=re.compile(alternatives(lists["secret_topics"])),
    )


def find_requests(reading: Reading) -> Iterator[Span]:
    """The requests for secrets in a text, sentence by sentence."""
    patterns = _patterns()
    if patterns.secret.search(reading.text) is None:
        return
    for sentence in _SENTENCE.finditer(reading.text):
        words = sentence.group()
        if patterns.secret.search(words) is None or patterns.none.search(words):
            continue
        found = next((one for one in (p.search(words) for p in patterns.asking) if one), None)
        if found is not None and patterns.topic.search(found.group()) is None:
            start = sentence.start()
            place = reading.place(start + found.start(), start + found.end())
            yield Span(Kind.REQUEST, *place, found.group())
