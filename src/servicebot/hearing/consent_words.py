"""Whether words that sound like a yes are made of words that say yes."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.domain.acts import Act
from servicebot.domain.marks import Mark
from servicebot.domain.squeeze import squeeze
from servicebot.domain.understanding import SlotKind, Understanding
from servicebot.understanding.lexicon import Lexicon
from servicebot.understanding.normalize import normalize

# Longer phrases say more than yes: they count as a whole, never as a part.
_LONGEST_PART: Final = 4
_MOST_WORDS: Final = 3
_VALUES: Final = frozenset({SlotKind.MONEY, SlotKind.TAIL, SlotKind.ORDINAL})
_BETWEEN: Final = re.compile(r"[^\w' ]+")


class ConsentWords:
    """The taught ways to agree, as parts of which a yes is made.

    What is learnt hears a yes in many words that only take note or praise (好样的, 嗯我明白了,
    nice): consent to a deed names the deed, or consists of nothing but words that agree.
    """

    def __init__(self, content: Content, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        taught = [text for text in map(normalize, _taught(content)) if squeeze(text)]
        self._whole = frozenset(squeeze(text) for text in taught)
        self._parts = frozenset(text for text in taught if _is_part(text))
        self._longest = max((len(text) for text in self._parts), default=0)

    def says_yes(self, words: Understanding) -> bool:
        """Whether the words name the deed, or are nothing but words of agreeing."""
        if Mark.DEED in words.marks or squeeze(words.text) in self._whole:
            return True
        text = words.text
        for slot in words.slots:
            if slot.kind in _VALUES:
                text = text.replace(slot.text, ",")
        clauses = [clause.strip() for clause in _BETWEEN.split(text) if clause.strip()]
        reached = [self._reached(clause) for clause in clauses]
        covered = all(
            ends & {(len(c), True), (len(c), False)}
            for c, ends in zip(clauses, reached, strict=True)
        )
        return covered and any(
            (len(c), True) in ends for c, ends in zip(clauses, reached, strict=True)
        )

    def _reached(self, clause: str) -> set[tuple[int, bool]]:
        """The places that are reached part by part, and whether a part before them agrees."""
        reached = {(0, False)}
        for place in range(len(clause)):
            for agreed in [agreed for at, agreed in tuple(reached) if at == place]:
                if clause[place] == " ":
                    reached.add((place + 1, agreed))
                reached |= {(end, True) for end in self._part_ends(clause, place)}
                sound = self._lexicon.match(Mark.YES_SOUND, clause, place)
                if sound is not None:
                    reached.add((sound, True))
                beside = self._lexicon.match(Mark.BESIDE_A_YES, clause, place)
                if beside is not None:
                    reached.add((beside, agreed))
        return reached

    def _part_ends(self, clause: str, start: int) -> Iterator[int]:
        for end in range(start + 1, min(start + self._longest, len(clause)) + 1):
            if clause[start:end] in self._parts and not _splits_a_word(clause, end):
                yield end


def _taught(content: Content) -> Iterable[str]:
    for phrases in content.acts.values():
        if phrases.act is Act.AGREE:
            yield from phrases.examples
    for intent in content.intents.values():
        if intent.role is Role.AFFIRM:
            yield from intent.examples


def _is_part(text: str) -> bool:
    if _BETWEEN.search(text):
        return False
    short = len(squeeze(text)) <= _LONGEST_PART
    return short or (text.isascii() and len(text.split()) <= _MOST_WORDS)


def _splits_a_word(text: str, place: int) -> bool:
    """Whether a Latin word goes on at the place."""
    around = text[place - 1 : place + 1]
    return len(around) > 1 and around.isascii() and around.isalnum()
