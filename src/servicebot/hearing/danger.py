"""Whether somebody may come to harm: despair, a threat, a fraud under way, a lost card."""

from collections.abc import Sequence
from typing import Final

from servicebot.domain.acts import Act
from servicebot.domain.marks import Mark
from servicebot.domain.understanding import Understanding
from servicebot.hearing.act import chance_of
from servicebot.understanding.lexicon import Lexicon

# Measured with `servicebot evaluate acts`: recall on held-out lines against false alarms on
# everything that is taught.
_LEAST: Final = 0.55
# A clause alone says less than a message, and a scrap of one too little to alarm anybody.
_LEAST_OF_A_CLAUSE: Final = 0.95
_LEAST_OF_AN_ANSWER: Final = 0.9
_SHORTEST: Final = 4
_HARDLY: Final = 0.08
_FAINT: Final = 0.1
_FIRST: Final = 3
# Despair before everything else: a life is at stake.
_ORDER: Final = (Act.DISTRESS, Act.THREAT, Act.SCAMMED, Act.CARD_LOST)


def read_danger(
    whole: Sequence[Understanding],
    clauses: Sequence[Understanding],
    lexicon: Lexicon,
    *,
    answers: bool = False,
    lost: frozenset[str] = frozenset(),
) -> Act | None:
    """The gravest danger that a message speaks of.

    Args:
        whole: The message, and what stands behind a yes or no in front of it.
        clauses: Its clauses, where there are several.
        lexicon: Names despair for certain.
        lost: The topics of a lost card: one must be likely at all where the act is not sure, and a
            likely one makes a faint sign of the act enough.
        answers: Whether the message plainly answers a question: 算了不还了 is no despair then. Nor is
            笑死 原来在包里, which laughs: both need a surer sign.
    """
    long = [words for words in clauses if len(words.text) >= _SHORTEST]
    laughs = any(lexicon.has(Mark.LAUGHS, words.text) for words in whole)
    least = _LEAST_OF_AN_ANSWER if answers or laughs else _LEAST
    found = {act for words in whole for act in _dangers(words, least) or _torn(words, least)}
    found |= {act for words in long for act in _dangers(words, _LEAST_OF_A_CLAUSE)}
    if Act.CARD_LOST in found and lost and not any(_is_lost(words, lost) for words in whole):
        found -= {Act.CARD_LOST}
    if any(_names_lost(words, lost) for words in whole):
        found |= {Act.CARD_LOST}
    if any(lexicon.has(Mark.DISTRESS, words.text) for words in (*whole, *clauses)):
        found |= {Act.DISTRESS}
    return next((act for act in _ORDER if act in found), None)


def _dangers(words: Understanding, least: float) -> set[Act]:
    return {act for act in _ORDER if chance_of(act, words) >= least}


def _torn(words: Understanding, least: float) -> set[Act]:
    """The likeliest danger, where the words speak of one or another of them."""
    chances = {act: chance_of(act, words) for act in _ORDER}
    likeliest = max(_ORDER, key=lambda act: chances[act])
    return {likeliest} if sum(chances.values()) >= least else set()


def _names_lost(words: Understanding, lost: frozenset[str]) -> bool:
    """Whether it is likely about a lost card, and a little more than a wish to freeze one."""
    about = words.is_likely and words.best is not None and words.best.topic.id in lost
    return about and chance_of(Act.CARD_LOST, words) >= _FAINT


def _is_lost(words: Understanding, lost: frozenset[str]) -> bool:
    """Whether a card is surely lost, or lost by both what is said and what it is about."""
    if chance_of(Act.CARD_LOST, words) >= _LEAST_OF_A_CLAUSE:
        return True
    return any(r.topic.id in lost and r.probability >= _HARDLY for r in words.ranking[:_FIRST])
