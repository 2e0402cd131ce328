"""Parts a message into the yes or no in front of it and the rest."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from servicebot.domain.heard import YesNo
from servicebot.domain.squeeze import squeeze

_BUT = re.compile(
    r"^(?:但是|但|不过|可是|只是|就是|然后|而且|but|however|though|and|first)\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNoWords:
    """The approved ways to say yes and no, squeezed, both languages together."""

    yes: Collection[str]
    no: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A message parted into its yes or no and what follows.

    Attributes:
        yes_no: Yes or no only where a whole clause in front says so.
        rest: What follows it; the whole text where nothing stands in front.
    """

    yes_no: YesNo
    rest: str


def read_yes_no(text: str, words: YesNoWords) -> Reading:
    """Parts a message into its yes or no and the rest.

    Only whole clauses count: `可以,但是有手续费吗` is a yes with a question behind it, `可以吗` is
    neither. A no behind a yes, or a yes behind a no, makes the whole message undecided.
    """
    clauses = [clause for clause in _PUNCTUATION_BETWEEN.split(text) if squeeze(clause)]
    whole = _kind(text, words)
    if whole is not YesNo.NONE:
        return Reading(yes_no=whole, rest="")
    kinds = [_kind(clause, words) for clause in clauses]
    led = next((n for n, kind in enumerate(kinds) if kind is YesNo.NONE), len(kinds))
    if not led:
        return Reading(yes_no=YesNo.NONE, rest=text)
    said = set(kinds[:led])
    rest = _BUT.sub("", ", ".join(clauses[led:]).strip())
    if len(said) > 1 or (set(kinds[led:]) - {YesNo.NONE}):
        return Reading(yes_no=YesNo.NONE, rest=text)
    return Reading(yes_no=said.pop(), rest=rest)


_PUNCTUATION_BETWEEN = re.compile(
    r"[,.!?;~\u2026\u3001\uff0c\u3002\uff01\uff1f\uff1b\n]+|\s+(?=but\b|however\b)|(?=但是|不过|可是)",
    re.IGNORECASE,
)


def _kind(clause: str, words: YesNoWords) -> YesNo:
    said = _BUT.sub("", clause.strip())
    if _only(said, words.yes):
        return YesNo.YES
    return YesNo.NO if _only(said, words.no) else YesNo.NONE


def _only(clause: str, approved: Collection[str]) -> bool:
    """Whether a clause is an approved phrase, or several parted by blanks (`ok go ahead`).

    Phrases are never found inside a run of Chinese: `\u8981\u662f` ("if") is no two yeses.
    """
    said = [squeeze(word) for word in clause.split()]
    ends = {0}
    for end in range(1, len(said) + 1):
        if any(start in ends and "".join(said[start:end]) in approved for start in range(end)):
            ends.add(end)
    return bool(said) and len(said) in ends
