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
_LEAST: Final[dict[Act, float]] = {
    Act.DISTRESS: 0.4,
    Act.THREAT: 0.5,
    Act.SCAMMED: 0.5,
    Act.CARD_LOST: 0.5,
}
# A scrap of a message says too little to alarm anybody.
_SHORTEST: Final = 4
# Despair before everything else: a life is at stake.
_ORDER: Final = (Act.DISTRESS, Act.THREAT, Act.SCAMMED, Act.CARD_LOST)


def read_danger(clauses: Sequence[Understanding], lexicon: Lexicon) -> Act | None:
    """The gravest danger that the message or one of its clauses speaks of."""
    long = [words for words in clauses if len(words.text) >= _SHORTEST] or clauses[:1]
    found = {act for words in long for act in DANGERS if chance_of(act, words) >= _LEAST[act]}
    if any(lexicon.has(Mark.DISTRESS, words.text) for words in clauses):
        found.add(Act.DISTRESS)
    return next((act for act in _ORDER if act in found), None)
