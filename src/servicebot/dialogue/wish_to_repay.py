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
from servicebot.domain.understanding import Band, RankedTopic, SlotKind, Topic, TopicKind

# An amount belongs to hardly anything else: a repayment that is merely likeliest is meant.
_LIKELY: Final = 0.35


def wishes_to_repay(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """An amount in words whose likeliest business is a repayment, or where one was just spoken of.

    先还800 小的那笔 wishes it; so does 那就三百, or 小的那笔吧, soon after one was among the choices
    of an ask-back or was made. It is begun, with what was named; nothing is paid before the terms
    were shown and agreed.
    """
    if turn.conversation.task is not None or not _may_wish(heard, turn):
        return None
    likeliest = _likeliest(heard, turn, content)
    if likeliest is not None:
        return answer_topic("pays", likeliest, turn, content)
    spoken_of = _spoken_of(heard, turn, content)
    if spoken_of is None:
        return None
    return answer_topic("pays", spoken_of, _as_amount(turn, heard), content)


def _may_wish(heard: Heard, turn: TurnView) -> bool:
    """Whether an amount is named, or a loan soon after a repayment was offered; asking is none."""
    if Mark.QUESTION in heard.whole.marks or tells_the_past(heard) or not is_short(heard):
        return False
    offered = turn.conversation.repayment_in_mind is not None
    return heard.slot(SlotKind.MONEY) is not None or (offered and _names_loan(heard))


def _as_amount(turn: TurnView, heard: Heard) -> TurnView:
    """The turn with its bare number as what it is here: an amount."""
    slots = tuple(
        replace(slot, certain=True) if slot.kind is SlotKind.MONEY else slot
        for slot in heard.whole.slots
    )
    return replace(turn, heard=replace(heard, whole=replace(heard.whole, slots=slots)))


def _likeliest(heard: Heard, turn: TurnView, content: Content) -> Topic | None:
    """The repayment that the words are likeliest about."""
    ranking = _offerable(heard, turn, content)
    best = ranking[0] if ranking else None
    likely = best is not None and best.probability >= _LIKELY and repays(best.topic, content)
    return best.topic if likely and best is not None else None


def _spoken_of(heard: Heard, turn: TurnView, content: Content) -> Topic | None:
    """The repayment that was offered or made just now, where the words are of no other business."""
    conversation = turn.conversation
    if conversation.repayment_in_mind is not None and not _is_other_business(heard, content):
        return Topic(kind=TopicKind.INTENT, id=conversation.repayment_in_mind)
    told, ranking = conversation.told, _offerable(heard, turn, content)
    unlikely = any(repays(ranked.topic, content) for ranked in ranking) and not _names_loan(heard)
    if told is None or unlikely or not conversation.told_just_now:
        return None
    again = Topic(kind=TopicKind.INTENT, id=told.intent)
    return again if repays(again, content) else None


def _offerable(heard: Heard, turn: TurnView, content: Content) -> tuple[RankedTopic, ...]:
    language = turn.conversation.language
    return offerable(usable(heard.whole, content, language, turn.today), content)


def _is_other_business(heard: Heard, content: Content) -> bool:
    """Whether the words surely are about something else than the loans that are looked up."""
    best = heard.whole.best
    intent = intent_of(best.topic, content) if best is not None else None
    looks = intent is not None and intent.lookup is not None
    return heard.whole.band is Band.ANSWER and not looks


def _names_loan(heard: Heard) -> bool:
    marks = heard.whole.marks
    return Mark.LOAN_PLACE in marks or named_by(marks) is not None
