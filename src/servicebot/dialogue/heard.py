"""One message as the dialogue hears it: the words, a yes or no in front, and the rest."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from servicebot.domain.understanding import SlotKind, SlotValue, Understanding

_PUNCTUATION = re.compile(
    r"[\s,.!?;:~\u2026\u3001\uff0c\u3002\uff01\uff1f\uff1b\uff1a\u00b7\"'\u201c\u201d\u2018\u2019()\uff08\uff09]+"
)
_BUT = re.compile(
    r"^(?:但是|但|不过|可是|只是|就是|然后|而且|but|however|though|and|first)\s*", re.IGNORECASE
)


class YesNo(StrEnum):
    """How a message begins."""

    YES = "yes"
    NO = "no"
    NONE = "none"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """What the customer says they do not want, understood, and what they want instead, if said."""

    denied: Understanding
    meant: Understanding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """The words as they are meant after the turn before.

    Attributes:
        words: The words, completed by what the last answer was about, understood.
        corrects: Whether they take back what was said before.
    """

    words: Understanding
    corrects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message, understood.

    Attributes:
        whole: The understanding of the whole message.
        yes_no: Its yes or no.
        rest: The understanding of what follows the yes or no; `whole` where nothing stands in
            front, None where nothing follows.
        about: The rest once more with the product of the task in front of it, where the words
            name none: 有手续费吗 in the middle of a car loan is about the car loan.
        parts: Its clauses, understood one by one, where there are several.
        denied: What it says is not wanted.
        leaning: How it is meant after the turn before, where that is clearer than the words alone.
    """

    whole: Understanding
    yes_no: YesNo
    rest: Understanding | None
    about: Understanding | None = None
    parts: tuple[Understanding, ...] = ()
    denied: Denied | None = None
    leaning: Leaning | None = None

    @property
    def plain_yes(self) -> bool:
        """A yes and nothing else: the only thing that consents."""
        return self.yes_no is YesNo.YES and self.rest is None

    @property
    def plain_no(self) -> bool:
        """A no and nothing else."""
        return self.yes_no is YesNo.NO and self.rest is None

    def slot(self, kind: SlotKind) -> SlotValue | None:
        """The last value of a kind: in a correction the later one holds."""
        found = [slot for slot in self.whole.slots if slot.kind is kind]
        return found[-1] if found else None


def squeeze(text: str) -> str:
    """Text without blanks and punctuation, lower case: the form lexicon entries are compared in."""
    return _PUNCTUATION.sub("", text).casefold()


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
