"""Whether somebody may come to harm: despair, a threat, a fraud under way, a lost card."""

from collections.abc import Sequence
from typing import Final

from servicebot.domain.acts import DANGERS, Act
from servicebot.domain.marks import Mark
from servicebot.domain.understanding import Understanding
from servicebot.hearing.act import chance_of
from servicebot.understanding.lexicon import Lexicon

# Measured with `servicebot evaluate acts`: recall on held-out lines against false alarms on
# everything that is taught.
_LEAST: Final = 0.5
# A clause alone says less than a message, and a scrap of one too little to alarm anybody.
_LEAST_OF_A_CLAUSE: Final = 0.95
_SHORTEST: Final = 4
# Despair before everything else: a life is at stake.
_ORDER: Final = (Act.DISTRESS, Act.THREAT, Act.SCAMMED, Act.CARD_LOST)


def read_danger(
    whole: Sequence[Understanding], clauses: Sequence[Understanding], lexicon: Lexicon
) -> Act | None:
    """The gravest danger that a message speaks of.

    Args:
        whole: The message, and what stands behind a yes or no in front of it.
        clauses: Its clauses, where there are several.
        lexicon: Names despair for certain.
    """
    found = _dangers(whole, _LEAST) | _dangers(clauses, _LEAST_OF_A_CLAUSE)
    if any(lexicon.has(Mark.DISTRESS, words.text) for words in (*whole, *clauses)):
        found |= {Act.DISTRESS}
    return next((act for act in _ORDER if act in found), None)


def _dangers(texts: Sequence[Understanding], least: float) -> set[Act]:
    long = [words for words in texts if len(words.text) >= _SHORTEST]
    return {act for words in long for act in DANGERS if chance_of(act, words) >= least}
