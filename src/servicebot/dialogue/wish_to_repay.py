"""A rule: an amount whose likeliest business is a repayment begins one."""

from dataclasses import replace
from typing import Final

from servicebot.content.content import Content
from servicebot.content.topics import intent_of, usable
from servicebot.dialogue.answer_topic import answer_topic, offerable
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.pick import named_by
from servicebot.dialogue.repayment.read_amount import is_short, tells_the_past
from servicebot.dialogue.repays import repays
from servicebot.dialogue.view import TurnView
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.understanding import Band, SlotKind, Topic, TopicKind

# An amount belongs to hardly anything else: a repayment that is merely likeliest is meant.
_LIKELY: Final = 0.35


def wishes_to_repay(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """An amount in words whose likeliest business is a repayment, or where one was just spoken of.

    先还800 小的那笔 wishes it; so does 那就三百, or 小的那笔吧, soon after one was among the choices
    of an ask-back or was made. It is begun, with what was named; nothing is paid before the terms
    were shown and agreed.
    """
    conversation = turn.conversation
    if conversation.task is not None or Mark.QUESTION in heard.whole.marks:
        return None
    if tells_the_past(heard) or not is_short(heard):
        return None
    amount = heard.slot(SlotKind.MONEY) is not None
    if not amount and not (_names_loan(heard) and conversation.repayment_in_mind):
        return None
    topic = _likeliest(heard, turn, content)
    return answer_topic("pays", topic, _as_amount(turn, heard), content) if topic else None


def _as_amount(turn: TurnView, heard: Heard) -> TurnView:
    """The turn with its bare number as what it is here: an amount."""
    slots = tuple(
        replace(slot, certain=True) if slot.kind is SlotKind.MONEY else slot
        for slot in heard.whole.slots
    )
    return replace(turn, heard=replace(heard, whole=replace(heard.whole, slots=slots)))


def _likeliest(heard: Heard, turn: TurnView, content: Content) -> Topic | None:
    conversation = turn.conversation
    ranking = offerable(usable(heard.whole, content, conversation.language, turn.today), content)
    best = ranking[0] if ranking else None
    if best is not None and repays(best.topic, content) and best.probability >= _LIKELY:
        return best.topic
    if conversation.repayment_in_mind is not None and not _is_other_business(heard, content):
        return Topic(kind=TopicKind.INTENT, id=conversation.repayment_in_mind)
    told = conversation.told
    unlikely = any(repays(ranked.topic, content) for ranked in ranking) and not _names_loan(heard)
    if told is None or unlikely or not conversation.told_just_now:
        return None
    again = Topic(kind=TopicKind.INTENT, id=told.intent)
    return again if repays(again, content) else None


def _is_other_business(heard: Heard, content: Content) -> bool:
    """Whether the words surely are about something else than the loans that are looked up."""
    best = heard.whole.best
    intent = intent_of(best.topic, content) if best is not None else None
    looks = intent is not None and intent.lookup is not None
    return heard.whole.band is Band.ANSWER and not looks


def _names_loan(heard: Heard) -> bool:
    marks = heard.whole.marks
    return Mark.LOAN_PLACE in marks or named_by(marks) is not None
