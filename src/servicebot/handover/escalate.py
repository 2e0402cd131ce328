"""What a turn makes of the ticket: opened, taken, moved, told anew or ended. Pure, like deciding."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from servicebot.content.content import Content
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.messages import AgentAct, AgentVerb, InboundMessage, Text
from servicebot.domain.task import EarlyRepayment, Sum, TaskState
from servicebot.domain.tickets import Departure, Reason, Ticket, TicketState
from servicebot.domain.understanding import Language
from servicebot.handover.priority import is_graver, priority_of, rank_of

_SUMMARY_CHARACTERS: Final = 120
_ENDS: Final[Mapping[AgentVerb, TicketState]] = {
    AgentVerb.HAND_BACK: TicketState.HANDED_BACK,
    AgentVerb.CLOSE: TicketState.CLOSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a turn decided about the ticket.

    Attributes:
        opened: Why a person is needed now, or None.
        raised: What makes the open ticket graver, or None.
        left: Why the customer does not wait any more, or None.
        returned: Whether the ticket goes from its agent back to the queue.
    """

    opened: Reason | None = None
    raised: Reason | None = None
    left: Departure | None = None
    returned: bool = False


NO_CHANGE: Final = Change()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A conversation with its ticket as it stands after the turn.

    Attributes:
        conversation: The state, with the open ticket in it.
        tickets: Every ticket that this turn opened, changed or ended.
    """

    conversation: Conversation
    tickets: tuple[Ticket, ...]


class Escalator:
    """Keeps the ticket in step with its conversation."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def settle(
        self,
        before: Conversation,
        after: Conversation,
        message: InboundMessage,
        now: datetime,
        change: Change = NO_CHANGE,
    ) -> Settled:
        """Opens, moves, describes or ends the ticket of a conversation.

        Args:
            before: The state before the turn.
            after: The state the turn decided.
            message: What the turn handled; the id of a new ticket comes from it.
            now: The instant of the turn.
            change: What was decided about the ticket.
        """
        if change.opened is not None:
            opened = self._ticket(before, after, message, change.opened, now)
            after = replace(after, ticket=opened)
        elif after.ticket is not None:
            told = self._told(after.ticket, before, after, message, change)
            after = replace(after, ticket=_moved(told, before, after, now, change))
        ended = _ended(before, after, message, now, change)
        changed = after.ticket if after.ticket != before.ticket else None
        tickets = tuple(one for one in (ended, changed) if one is not None)
        return Settled(conversation=after, tickets=tickets)

    def _told(
        self,
        ticket: Ticket,
        before: Conversation,
        after: Conversation,
        message: InboundMessage,
        change: Change,
    ) -> Ticket:
        """The ticket with what the desk is told of the conversation."""
        if change.raised is not None and is_graver(change.raised, ticket):
            ticket = replace(
                ticket,
                reason=change.raised,
                priority=priority_of(change.raised),
                rank=rank_of(change.raised),
                summary=self._summary(before, after, message),
            )
        return replace(
            ticket,
            customer=after.identity.display_name,
            subject=after.identity.subject,
            language=after.language,
            task=self._task_in_words(after),
            promised=after.waiting is not None and after.waiting.promised,
        )

    def _ticket(
        self,
        before: Conversation,
        after: Conversation,
        message: InboundMessage,
        reason: Reason,
        now: datetime,
    ) -> Ticket:
        seed = f"{after.id}|{message.message_id}"
        return Ticket(
            id=hashlib.sha256(seed.encode()).hexdigest()[:16],
            conversation_id=after.id,
            channel=after.channel,
            sender=after.sender,
            customer=after.identity.display_name,
            subject=after.identity.subject,
            language=after.language,
            reason=reason,
            priority=priority_of(reason),
            rank=rank_of(reason),
            summary=self._summary(before, after, message),
            task=self._task_in_words(after),
            opened_at=now,
        )

    def _summary(self, before: Conversation, after: Conversation, message: InboundMessage) -> str:
        """The words of the message; where they only wish for a person, the question before them."""
        words = message.content.text if isinstance(message.content, Text) else ""
        words = words[:_SUMMARY_CHARACTERS]
        is_question = after.last_words != before.last_words
        asked = "" if is_question or before.last_words == words else before.last_words
        return " | ".join(filter(None, (asked, words)))

    def _task_in_words(self, conversation: Conversation) -> str | None:
        """The label of what is half done, with the amount where one was named."""
        task = conversation.task or next(reversed(conversation.paused), None)
        if task is None:
            return None
        language = conversation.language
        name = f"intent_{task.intent.replace('.', '_')}"
        words = [self._term(name, language) or task.intent]
        if task.loan is not None:
            words.append(self._term(f"product_{task.loan.product}", language) or "")
        fen = _fen_of(task.state)
        if fen is not None:
            words.append(f"{fen // 100}.{fen % 100:02d}")
        return " ".join(filter(None, words))

    def _term(self, name: str, language: Language) -> str | None:
        reply = self._content.replies.get((name, language))
        return reply.text if reply is not None else None


def _moved(
    ticket: Ticket, before: Conversation, after: Conversation, now: datetime, change: Change
) -> Ticket:
    """The ticket in its agent's hands, or back in the queue with its age."""
    if change.returned:
        return replace(ticket, state=TicketState.WAITING, agent=None, taken_at=None)
    held = after.held if after.owner is Owner.PERSON else None
    if held is not None and _changes_hands(ticket, before, held.agent):
        return replace(ticket, state=TicketState.TAKEN, agent=held.agent, taken_at=now)
    return ticket


def _changes_hands(ticket: Ticket, before: Conversation, agent: str) -> bool:
    """Whether the agent has it only since this turn: taken from the queue, or from another."""
    return before.owner is not Owner.PERSON or ticket.agent != agent


def _ended(
    before: Conversation,
    after: Conversation,
    message: InboundMessage,
    now: datetime,
    change: Change,
) -> Ticket | None:
    """The ticket that was open before and is not any more."""
    ticket = before.ticket
    if ticket is None or ticket.id == after.ticket_id:
        return None
    act = message.content
    if isinstance(act, AgentAct) and act.verb in _ENDS:
        return replace(ticket, state=_ENDS[act.verb], ended_at=now)
    why = change.left or Departure.SUPERSEDED
    return replace(ticket, state=TicketState.LEFT, ended_at=now, departure=why)


def _fen_of(state: TaskState) -> int | None:
    """The amount in hand: the bank's total where terms were shown, else what was named."""
    if not isinstance(state, EarlyRepayment):
        return None
    if state.terms is not None:
        return state.terms.total_fen
    return state.amount.fen if isinstance(state.amount, Sum) else None
