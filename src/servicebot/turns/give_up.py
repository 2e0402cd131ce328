"""A message that failed too often: the customer gets an apology and a person."""

from dataclasses import replace
from datetime import datetime

from servicebot.content.content import Content
from servicebot.dialogue.decision import hand_over
from servicebot.dialogue.escalation import notice_of
from servicebot.dialogue.phrase import Phraser
from servicebot.dialogue.under_owner import under_owner
from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import BankEvent, InboundMessage
from servicebot.domain.money import OPEN
from servicebot.domain.tickets import Reason
from servicebot.handover.desk_reader import DeskReader
from servicebot.handover.escalate import Change, Escalator
from servicebot.ports.mailbox import TurnResult
from servicebot.turns.receipt import write_receipt
from servicebot.turns.think import Thought


def _freed(message: InboundMessage, state: Conversation | None) -> Conversation | None:
    """The end of a money move frees its loan even where it could not be told: a person tells it."""
    event = message.content
    if state is None or not isinstance(event, BankEvent) or event.end is None:
        return state
    return state if event.end.state in OPEN else state.with_told(event.reference_id)


class Apologist:
    """Ends poison messages so that the conversation goes on."""

    def __init__(
        self,
        escalator: Escalator,
        desk: DeskReader,
        content: Content,
        *,
        pushed: frozenset[str],
    ) -> None:
        self._escalator = escalator
        self._desk = desk
        self._content = content
        self._pushed = pushed

    def give_up(
        self, message: InboundMessage, state: Conversation | None, now: datetime
    ) -> TurnResult:
        """The turn that is committed instead of the one that could not be made.

        A customer who waits or is with a person stays there, with the same ticket.
        """
        before = _freed(message, state) or Conversation(
            id=message.conversation_id, channel=message.channel, sender=message.sender
        )
        decision = hand_over("gave_up", before, Reason.FAULT, notice_of(Reason.FAULT))
        decision = under_owner(before, decision, self._desk.now(now), now)
        change = Change(opened=decision.escalate, raised=decision.raised)
        settled = self._escalator.settle(before, decision.conversation, message, now, change)
        after = replace(settled.conversation, turns=before.turns + 1)
        replies = Phraser(self._content, before.language).messages(decision.says, ())
        thought = Thought(decision=decision, heard=None, facts=())
        receipt = write_receipt(message, after, thought, replies, now, self._content)
        receipt = replace(receipt, tickets=settled.tickets)
        return TurnResult(
            conversation=after,
            replies=replies,
            receipt=receipt,
            push_at=now if message.channel in self._pushed else None,
            tickets=settled.tickets,
        )
