"""What a message does, in the state of the conversation in which it came."""

from collections.abc import Set as AbstractSet
from typing import Final

from servicebot.domain.acts import AFTERWARDS, ANY_TIME, AT_A_QUESTION, Act
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.marks import Mark
from servicebot.domain.task import PAGES
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Understanding
from servicebot.domain.waiting import Waiting
from servicebot.hearing.consent import is_plain_consent

# Measured with `servicebot evaluate acts`: what an act costs when it is misheard.
_LIKELY: Final = 0.5
_SURE: Final = 0.7
_CONSENTS: Final = 0.62
_FAINT: Final = 0.03
_RATHER: Final = 0.2
_REFUSED: Final = 0.9
_MOST_CHARACTERS: Final = 40
_MOST_LATIN_CHARACTERS: Final = 80
_YES_WITH: Final = frozenset({Act.AGREE, Act.RESUME, Act.CORRECT})
_ENDS_IT: Final = frozenset({Act.REFUSE, Act.POSTPONE})
# What is said of a page that was opened: all of it means to look whether it is done.
_GOES_ON: Final = frozenset({Act.OUTCOME, Act.AGREE, Act.RESUME})
_NAMING: Final = frozenset(
    {Mark.QUESTION, Mark.STOPS_A_CARD, Mark.THE_OTHER, Mark.MORE_BY, Mark.LESS_BY, Mark.TOO_MUCH}
)
_IN_THE_QUEUE: Final = frozenset({Act.LEAVE, Act.HOW_LONG, Act.PERSON})


def read_act(
    words: Understanding, conversation: Conversation, *, says_yes: bool = False
) -> Act | None:
    """The act of a message, or None where it does nothing that its state allows.

    Consent is read most strictly: it is surer, and says yes to exactly what was asked. Going on with
    it agrees too (金额没错,继续), and behind a yes in front the very values that were asked about
    correct nothing (对, 就是 500).
    """
    if len(words.text) > (_MOST_LATIN_CHARACTERS if words.text.isascii() else _MOST_CHARACTERS):
        return None
    act, chance = likeliest(words, acts_allowed(conversation))
    if act in _ENDS_IT and conversation.task is None:
        chance = sum(chance_to(end, words) for end in _ENDS_IT)
    if act in _GOES_ON and _waits_for_page(conversation) and _names_nothing(words):
        act, chance = Act.OUTCOME, sum(chance_to(one, words) for one in _GOES_ON)
    if act is Act.AGREE or (act in _YES_WITH and conversation.task is not None):
        agreed = _agreed(words, act, chance, says_yes=says_yes)
        if agreed >= _CONSENTS and is_plain_consent(words, conversation.task):
            return Act.AGREE
    return act if act is not Act.AGREE and chance >= _least(act, words) else None


def _names_nothing(words: Understanding) -> bool:
    """Whether no other amount, loan or deed is named beside it."""
    return not words.slots and words.marks.isdisjoint(_NAMING)


def _waits_for_page(conversation: Conversation) -> bool:
    return conversation.task is not None and conversation.task.question in PAGES


def _agreed(words: Understanding, act: Act | None, chance: float, *, says_yes: bool) -> float:
    """The chance of a yes, with going on with it, and with putting right behind a yes in front."""
    agrees = chance if act is Act.AGREE else chance_to(Act.AGREE, words)
    if agrees < _RATHER:
        return 0.0
    repeats = says_yes and (act is Act.AGREE or bool(words.slots))
    corrected = chance_to(Act.CORRECT, words) if repeats else 0.0
    return agrees + chance_to(Act.RESUME, words) + corrected


def _least(act: Act | None, words: Understanding) -> float:
    """How sure it must be: a place in the queue cannot be had again, and a question is no refusal."""
    asks = act in _ENDS_IT and Mark.QUESTION in words.marks
    return _SURE if act is Act.LEAVE or asks else _LIKELY


def acts_allowed(conversation: Conversation) -> frozenset[Act]:
    """What a message may do now."""
    if conversation.owner is Owner.QUEUE:
        waiting = conversation.waiting or Waiting()
        told = {Act.SCAMMED} if waiting.about is Reason.FRAUD else set()
        return _IN_THE_QUEUE | told | (AT_A_QUESTION if waiting.asked else frozenset())
    if conversation.task is not None and conversation.task.asked is not None:
        return AT_A_QUESTION | {Act.LINK_TROUBLE, Act.OUTCOME, Act.RESUME}
    if conversation.given_up is not None:
        return AFTERWARDS | _ENDS_IT | {Act.AGREE}
    return AFTERWARDS | _ENDS_IT


def likeliest(words: Understanding, allowed: AbstractSet[Act]) -> tuple[Act | None, float]:
    """The likeliest of some acts and its chance among them and no act at all.

    What only another state allows takes nothing from the rest; what any state allows does. Not
    now and never both end what was asked: together they are one, named by the likelier.
    """
    possible = [found for found in words.acts if found.act in allowed and found.probability > 0]
    if not possible:
        return None, 0.0
    other = [found for found in words.acts if found.act not in allowed | ANY_TIME]
    barred = sum(found.probability for found in other)
    ending = [found for found in possible if found.act in _ENDS_IT]
    ends = sum(found.probability for found in ending)
    best = ending[0] if ends > possible[0].probability else possible[0]
    chance = ends if best.act in _ENDS_IT else best.probability
    return best.act, chance / max(1.0 - barred, chance)


def surely_refuses(words: Understanding) -> bool:
    """Whether the words say no, to whatever it is."""
    return sum(chance_to(act, words) for act in _ENDS_IT) >= _REFUSED


def hardly_refuses(words: Understanding) -> bool:
    """Whether there is no trace of a no in the words."""
    return sum(chance_to(act, words) for act in _ENDS_IT) < _FAINT


def chance_to(act: Act, words: Understanding) -> float:
    """The probability of an act in some state, 0..1; zero where it is not among the likeliest."""
    return next((found.probability for found in words.acts if found.act is act), 0.0)


def chance_of(act: Act, words: Understanding) -> float:
    """The probability of an act of any state, 0..1; zero where it is not among the likeliest."""
    return next((found.probability for found in words.signals if found.act is act), 0.0)
