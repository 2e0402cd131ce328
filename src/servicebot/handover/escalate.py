"""Opens and ends tickets as a turn decided; doing it twice changes nothing."""

import hashlib
from dataclasses import replace
from datetime import datetime

from servicebot.content.content import Content
from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import AgentAct, AgentVerb, InboundMessage, Text
from servicebot.domain.task import EarlyRepayment, Sum, TaskState
from servicebot.domain.tickets import Reason, Ticket, TicketState
from servicebot.handover.priority import priority_of
from servicebot.ports.tickets import Tickets

_SUMMARY_CHARACTERS = 120


class Escalator:
    """Keeps the tickets in step with the conversations."""

    def __init__(self, tickets: Tickets, content: Content) -> None:
        self._tickets = tickets
        self._content = content

    async def settle(
        self,
        conversation: Conversation,
        message: InboundMessage,
        now: datetime,
        *,
        reason: Reason | None,
        left: bool,
    ) -> Conversation:
        """Opens a ticket for `reason`, or ends the one an agent or the customer is done with.

        Args:
            conversation: The state the turn decided.
            message: What the turn handled; the ticket's id comes from it.
            now: The instant of the turn.
            reason: Why a person is needed, or None.
            left: Whether the customer stopped waiting.

        Returns:
            The state with its ticket.
        """
        if reason is not None:
            ticket = self._ticket(conversation, message, reason, now)
            await self._tickets.open(ticket)
            return replace(conversation, ticket_id=ticket.id)
        if left:
            await self._end_all_of(message)
        if isinstance(message.content, AgentAct):
            await self._end_after(message.content)
        return conversation

    async def _end_after(self, act: AgentAct) -> None:
        if act.verb is AgentVerb.HAND_BACK:
            await self._tickets.end(act.ticket_id, TicketState.HANDED_BACK)
        elif act.verb is AgentVerb.CLOSE:
            await self._tickets.end(act.ticket_id, TicketState.CLOSED)

    async def _end_all_of(self, message: InboundMessage) -> None:
        for ticket in await self._tickets.waiting():
            if ticket.conversation_id == message.conversation_id:
                await self._tickets.end(ticket.id, TicketState.LEFT)

    def _ticket(
        self, conversation: Conversation, message: InboundMessage, reason: Reason, now: datetime
    ) -> Ticket:
        words = message.content.text if isinstance(message.content, Text) else ""
        return Ticket(
            id=hashlib.sha256(f"{conversation.id}|{message.message_id}".encode()).hexdigest()[:16],
            conversation_id=conversation.id,
            channel=conversation.channel,
            sender=conversation.sender,
            customer=conversation.identity.display_name,
            language=conversation.language,
            reason=reason,
            priority=priority_of(reason),
            summary=words[:_SUMMARY_CHARACTERS],
            task=self._task_in_words(conversation),
            opened_at=now,
        )

    def _task_in_words(self, conversation: Conversation) -> str | None:
        """The label of what is half done, with the amount where one was named."""
        task = conversation.task
        if task is None:
            return None
        name = f"intent_{task.intent.replace('.', '_')}"
        label = self._content.replies.get((name, conversation.language))
        words = label.text if label is not None else task.intent
        fen = _fen_of(task.state)
        return f"{words} {fen // 100}.{fen % 100:02d}" if fen is not None else words


def _fen_of(state: TaskState) -> int | None:
    """The amount in hand: the bank's total where terms were shown, else what was named."""
    if not isinstance(state, EarlyRepayment):
        return None
    if state.terms is not None:
        return state.terms.total_fen
    return state.amount.fen if isinstance(state.amount, Sum) else None
