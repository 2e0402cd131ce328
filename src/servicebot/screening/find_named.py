"""Public accounts that a text leads to by name alone: `关注公众号“…”`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from servicebot.screening.reading import Reading
from servicebot.screening.spans import Kind, Span
from servicebot.screening.words import load_words

_NAME: Final = r"[\"'“‘「『《【](?P<{}>[^\"'”’」』》】\n]{{2,20}})[\"'”’」』》】]"
_SENTENCE: Final = r"[^\n。!?;]"


def find_named(reading: Reading) -> Iterator[Span]:
    """The names of public accounts that somebody is told to follow; warnings tell nobody to."""
    pattern, none = _patterns()
    for found in pattern.finditer(reading.text):
        if none.search(found.group()):
            continue
        group = "behind" if found["behind"] else "before"
        yield Span(Kind.MESSENGER, *reading.place(*found.span(group)), found[group])


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words()
    follow, account = words.any_of("follow_words"), words.any_of("public_accounts")
    front = rf"{_SENTENCE}{{0,6}}{follow}{_SENTENCE}{{0,10}}?"
    behind, before = _NAME.format("behind"), _NAME.format("before")
    pattern = rf"{front}(?:{account}[\s:]{{0,2}}{behind}|{before}.{{0,4}}?{account})"
    return re.compile(pattern), re.compile(words.any_of("no_asking"))
