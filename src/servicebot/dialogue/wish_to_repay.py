"""A rule: an amount whose likeliest business is a repayment begins one."""

from typing import Final

from servicebot.content.content import Content
from servicebot.content.topics import usable
from servicebot.dialogue.answer_topic import answer_topic, offerable
from servicebot.dialogue.chosen import repays
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.repayment.read_amount import is_short, tells_the_past
from servicebot.dialogue.view import TurnView
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.understanding import SlotKind, Topic, TopicKind

# An amount belongs to hardly anything else: a repayment that is merely likeliest is meant.
_LIKELY: Final = 0.35


def wishes_to_repay(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """An amount in words whose likeliest business is a repayment, or soon after one: 先还800 小的那笔.

    It is begun, with what was named; nothing is paid before the terms were shown and agreed.
    """
    conversation, whole = turn.conversation, heard.whole
    if conversation.task is not None or heard.slot(SlotKind.MONEY) is None:
        return None
    if Mark.QUESTION in whole.marks or tells_the_past(heard) or not is_short(heard):
        return None
    ranking = offerable(usable(whole, content, conversation.language, turn.today), content)
    repaying = next((r for r in ranking if repays(r.topic, content)), None)
    if repaying is None and conversation.told is not None and conversation.told_just_now:
        again = Topic(kind=TopicKind.INTENT, id=conversation.told.intent)
        return answer_topic("pays", again, turn, content) if repays(again, content) else None
    if repaying is None or repaying != ranking[0] or repaying.probability < _LIKELY:
        return None
    return answer_topic("pays", repaying.topic, turn, content)
