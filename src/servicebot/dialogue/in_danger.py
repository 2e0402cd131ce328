"""What a danger is to the queue, and what is said to whoever is in it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from servicebot.dialogue.escalation import notice_of
from servicebot.dialogue.say import Say
from servicebot.domain.acts import Act
from servicebot.domain.conversation import Conversation
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.task import EarlyRepayment
from servicebot.domain.tickets import Reason

REASONS: Final[Mapping[Act, Reason]] = {
    Act.DISTRESS: Reason.DISTRESS,
    Act.THREAT: Reason.THREAT,
    Act.SCAMMED: Reason.FRAUD,
    Act.CARD_LOST: Reason.CARD_LOST,
}


def notices(reason: Reason, heard: Heard, conversation: Conversation) -> tuple[Say, ...]:
    """What to say: the notice once, and what helps where a fraud has gone further.

    Whoever has paid needs to hear what may still stop the money.
    """
    waiting = conversation.waiting
    again = waiting is not None and waiting.about is reason
    if reason is not Reason.FRAUD:
        return (notice_of(reason),)
    paid = (Say(reply="fraud_paid"),) if Mark.IN_THE_PAST in heard.whole.marks else ()
    if not again:
        return (notice_of(reason), *paid)
    return paid or (Say(reply="fraud_again"),)


def without_page(conversation: Conversation) -> Conversation:
    """The state with a repayment in hand given up: its page may be what a fraudster waits for."""
    task = conversation.task
    if task is None or not isinstance(task.state, EarlyRepayment):
        return conversation
    page = task.state.page
    dropped = page.step_up_id if page is not None else conversation.dropped_page
    return replace(conversation, task=None, dropped_page=dropped)
