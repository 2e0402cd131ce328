"""Parts a message into the yes or no in front of it and the rest."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from servicebot.domain.heard import YesNo
from servicebot.domain.marks import Mark
from servicebot.domain.squeeze import squeeze
from servicebot.understanding.lexicon import Lexicon

_BETWEEN: Final = re.compile(r"[,.!?;~\u2026\u3001\uff0c\u3002\uff01\uff1f\uff1b\n]+")
_FEW_WORDS: Final = 8
_ASKS_AT_END: Final = re.compile(r"[?\uff1f][\s!.~]*$")


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


def read_yes_no(text: str, words: YesNoWords, lexicon: Lexicon) -> Reading:
    """Parts a message into its yes or no and the rest.

    Only whole clauses count: `可以,但是有手续费吗` is a yes with a question behind it, `可以吗` is
    neither, and `嗯?` asks. A no behind a yes, or a yes behind a no, makes it all undecided.
    """
    reader = _ClauseReader(words, lexicon)
    undecided = Reading(yes_no=YesNo.NONE, rest=text)
    whole = reader.kind(text)
    if whole is not YesNo.NONE:
        return undecided if _ASKS_AT_END.search(text) else Reading(yes_no=whole, rest="")
    clauses = reader.clauses(text)
    kinds = [reader.kind(clause) for clause in clauses]
    led = next((n for n, kind in enumerate(kinds) if kind is YesNo.NONE), len(kinds))
    said = set(kinds[:led])
    if len(said) != 1 or (set(kinds[led:]) - {YesNo.NONE}):
        return undecided
    return Reading(yes_no=said.pop(), rest=reader.without_but(", ".join(clauses[led:]).strip()))


@dataclass(frozen=True, slots=True)
class _ClauseReader:
    words: YesNoWords
    lexicon: Lexicon

    def clauses(self, text: str) -> list[str]:
        """The clauses of a text; one begins with every word of contrast too."""
        found = []
        for piece in _BETWEEN.split(text):
            start = 0
            for place, end in self.lexicon.places(Mark.BUT, piece):
                if place > start and end < len(piece):
                    found.append(piece[start:place])
                    start = place
            found.append(piece[start:])
        return [clause for clause in found if squeeze(clause)]

    def kind(self, clause: str) -> YesNo:
        """What a clause says as a whole."""
        said = self.without_but(clause.strip())
        if _only(said, self.words.yes):
            return YesNo.YES
        return YesNo.NO if _only(said, self.words.no) else YesNo.NONE

    def without_but(self, clause: str) -> str:
        """A clause without the word of contrast in front of it."""
        return clause[self.lexicon.match(Mark.BUT, clause) or 0 :].strip()


def _only(clause: str, approved: Collection[str]) -> bool:
    """Whether a clause is an approved phrase, or several parted by blanks (`ok go ahead`).

    Phrases are never found inside a run of Chinese: `\u8981\u662f` ("if") is no two yeses.
    """
    said = [word for word in map(squeeze, clause.split()) if word]
    is_long = len(said) > _FEW_WORDS  # what is longer than every phrase is looked at no further
    longest = max(map(len, approved), default=0) if is_long else sum(map(len, said))
    ends = {0}
    for start in range(len(said)):
        phrase = ""
        for end in range(start + 1, len(said) + 1) if start in ends else ():
            phrase += said[end - 1]
            if len(phrase) > longest:
                break
            if phrase in approved:
                ends.add(end)
    return bool(said) and len(said) in ends
