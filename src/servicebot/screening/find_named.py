"""Public accounts that a text leads to by name alone: `关注公众号“…”`, `微信搜一搜：…`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from servicebot.screening.messenger_names import messenger_names
from servicebot.screening.reading import Reading
from servicebot.screening.spans import Kind, Span
from servicebot.screening.words import load_words

_QUOTED: Final = r"[\"'“‘「『《【](?P<{}>[^\"'”’」』》】\n]{{2,20}})[\"'”’」』》】]"
_PLAIN: Final = r"(?P<{}>(?!{})[\u3400-\u9fff][\u3400-\u9fffa-z0-9]{{2,14}})(?=[\s,.。;!]|$)"
_SENTENCE: Final = r"[^\n。!?;]"


def find_named(reading: Reading) -> Iterator[Span]:
    """The names of public accounts that somebody is told to follow; warnings tell nobody to."""
    patterns, none = _patterns()
    for pattern in patterns:
        for found in pattern.finditer(reading.text):
            if none.search(found.group()) is None:
                group = next(name for name, value in found.groupdict().items() if value)
                yield Span(Kind.MESSENGER, *reading.place(*found.span(group)), found[group])


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    words = load_words()
    follow, account = words.any_of("search_words", "open_words"), words.any_of("public_accounts")
    search = words.any_of("search_words")
    messenger, no_names = messenger_names(words), words.any_of("no_names")
    front = rf"{_SENTENCE}{{0,6}}{follow}{_SENTENCE}{{0,10}}?"
    behind, before, searched = (_QUOTED.format(name) for name in ("behind", "before", "searched"))
    told, spoken, within = (_PLAIN.format(name, no_names) for name in ("told", "spoken", "within"))
    found = (
        rf"{front}(?:{account}[\s:]{{0,2}}{behind}|{before}.{{0,4}}?{account})",
        rf"{messenger}(?:\s|里|上|中|{account}){{0,2}}{search}[\s:]{{0,2}}(?:{searched}|(?<=[:\s]){told})",
        rf"(?:{account}:|{follow}{account}\s){spoken}|{account}\s{within}\s?[里上]",
    )
    return tuple(map(re.compile, found)), re.compile(words.any_of("no_asking"))
