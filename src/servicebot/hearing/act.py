"""What a message does, in the state of the conversation in which it came."""

from collections.abc import Collection
from typing import Final

from servicebot.domain.acts import AFTERWARDS, AT_A_QUESTION, Act
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.marks import Mark
from servicebot.domain.understanding import SlotKind, Understanding

# Measured with `servicebot evaluate acts`: what an act costs when it is misheard.
_LIKELY: Final = 0.5
_SURE: Final = 0.8
_MOST_CHARACTERS: Final = 40
_IN_THE_QUEUE: Final = frozenset({Act.LEAVE, Act.HOW_LONG})
# What asks, or says how much: all of it, half of it, what is due.
_NO_PLAIN_YES: Final = frozenset(
    {Mark.QUESTION, Mark.THE_WHOLE, Mark.HALF, Mark.BOTH, Mark.WHAT_IS_DUE}
)
_VALUES: Final = frozenset({SlotKind.MONEY, SlotKind.ORDINAL, SlotKind.DATE})


def read_act(words: Understanding, conversation: Conversation) -> Act | None:
    """The act of a message, or None where it does nothing that its state allows.

    Consent is read most strictly: nothing that asks, names a sum, a place or a day agrees.
    """
    if len(words.text) > _MOST_CHARACTERS:
        return None
    act, chance = likeliest(words, acts_allowed(conversation))
    if act is not Act.AGREE:
        return act if chance >= _LIKELY else None
    plain = words.marks.isdisjoint(_NO_PLAIN_YES)
    plain = plain and not any(slot.kind in _VALUES for slot in words.slots)
    return act if plain and chance >= _SURE else None


def acts_allowed(conversation: Conversation) -> frozenset[Act]:
    """What a message may do now."""
    if conversation.owner is Owner.QUEUE:
        asked = conversation.waiting is not None and conversation.waiting.asked
        return _IN_THE_QUEUE | AT_A_QUESTION if asked else _IN_THE_QUEUE
    if conversation.task is not None and conversation.task.asked is not None:
        return AT_A_QUESTION | {Act.LINK_TROUBLE, Act.OUTCOME, Act.RESUME}
    return AFTERWARDS


def likeliest(words: Understanding, allowed: Collection[Act]) -> tuple[Act | None, float]:
    """The likeliest of some acts and its chance among them and no act at all."""
    possible = [found for found in words.acts if found.act in allowed]
    if not possible:
        return None, 0.0
    barred = sum(found.probability for found in words.acts if found.act not in allowed)
    best = possible[0]
    left = max(1.0 - barred, best.probability)
    return (best.act, best.probability / left) if left > 0 else (None, 0.0)


def chance_of(act: Act, words: Understanding) -> float:
    """The probability of an act of any state, 0..1; zero where it is not among the likeliest."""
    return next((found.probability for found in words.signals if found.act is act), 0.0)
