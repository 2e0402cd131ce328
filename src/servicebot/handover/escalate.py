"""Opens and ends tickets as a turn decided; doing it twice changes nothing."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from servicebot.content.content import Content
from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import AgentAct, AgentVerb, DeskNews, InboundMessage, Text
from servicebot.domain.task import EarlyRepayment, Sum, TaskState
from servicebot.domain.tickets import Departure, Reason, Ticket, TicketState
from servicebot.domain.understanding import Language
from servicebot.handover.desk_event import desk_event
from servicebot.handover.priority import is_graver, priority_of, rank_of
from servicebot.ports.mailbox import Mailbox
from servicebot.ports.tickets import Tickets

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


class Escalator:
    """Keeps the tickets in step with the conversations."""

    def __init__(self, tickets: Tickets, content: Content, mailbox: Mailbox) -> None:
        self._tickets = tickets
        self._content = content
        self._mailbox = mailbox

    async def settle(
        self,
        before: Conversation,
        after: Conversation,
        message: InboundMessage,
        now: datetime,
        change: Change = NO_CHANGE,
    ) -> Conversation:
        """Opens, moves, describes or ends the ticket of a conversation.

        Args:
            before: The state before the turn.
            after: The state the turn decided.
            message: What the turn handled; the id of a new ticket comes from it.
            now: The instant of the turn.
            change: What was decided about the ticket.

        Returns:
            The state with its ticket.
        """
        if change.opened is not None:
            ticket = self._ticket(before, after, message, change.opened, now)
            await self._tickets.open(ticket)
            after = replace(after, ticket_id=ticket.id)
        elif after.ticket_id is not None:
            await self._describe(before, after, message, change)
        if before.ticket_id not in {None, after.ticket_id}:
            await self._tickets.leave(before.ticket_id or "", change.left or Departure.SUPERSEDED)
        if isinstance(message.content, AgentAct):
            await self._end_after(message.content)
        if self._may_be_known(before, after, change):
            await self._supersede(after, now)
        return after

    async def _describe(
        self, before: Conversation, after: Conversation, message: InboundMessage, change: Change
    ) -> None:
        """Tells the desk what changed about an open ticket."""
        told = (change, _described(before), self._task_in_words(before))
        if told == (NO_CHANGE, _described(after), self._task_in_words(after)):
            return
        ticket = await self._tickets.find(after.ticket_id or "")
        if ticket is None:
            return
        if change.returned and ticket.agent is not None:
            await self._tickets.give_back(ticket.id, ticket.agent)
        if change.raised is not None and is_graver(change.raised, ticket):
            ticket = replace(
                ticket,
                reason=change.raised,
                priority=priority_of(change.raised),
                rank=rank_of(change.raised),
                summary=self._summary(before, after, message),
            )
        promised = after.waiting is not None and after.waiting.promised
        await self._tickets.amend(
            replace(
                ticket,
                customer=after.identity.display_name,
                subject=after.identity.subject,
                language=after.language,
                task=self._task_in_words(after),
                promised=promised,
            )
        )

    async def _end_after(self, act: AgentAct) -> None:
        """An agent ends only a ticket of her own."""
        ended = _ENDS.get(act.verb)
        if ended is None:
            return
        ticket = await self._tickets.find(act.ticket_id)
        if ticket is not None and ticket.agent == act.agent:
            await self._tickets.end(act.ticket_id, ended)

    def _may_be_known(self, before: Conversation, after: Conversation, change: Change) -> bool:
        """Whether this turn may be the first to show that the customer waits in another chat."""
        linked = after.identity.subject not in {None, before.identity.subject}
        return before.turns == 0 or linked or change.opened is not None

    async def _supersede(self, after: Conversation, now: datetime) -> None:
        """Tells older chats of the same customer that wait; each ends its ticket itself."""
        for ticket in await self._tickets.waiting():
            if ticket.conversation_id != after.id and _is_same_customer(ticket, after):
                await self._mailbox.accept(
                    desk_event(DeskNews.SUPERSEDED, ticket, now, key="superseded")
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


def _described(conversation: Conversation) -> tuple[object, ...]:
    """What the desk is told of a conversation besides its task."""
    identity, waiting = conversation.identity, conversation.waiting
    promised = waiting is not None and waiting.promised
    return identity.subject, identity.display_name, conversation.language, promised


def _is_same_customer(ticket: Ticket, conversation: Conversation) -> bool:
    same_sender = (ticket.channel, ticket.sender) == (conversation.channel, conversation.sender)
    subject = conversation.identity.subject
    return same_sender or (subject is not None and ticket.subject == subject)


def _fen_of(state: TaskState) -> int | None:
    """The amount in hand: the bank's total where terms were shown, else what was named."""
    if not isinstance(state, EarlyRepayment):
        return None
    if state.terms is not None:
        return state.terms.total_fen
    return state.amount.fen if isinstance(state.amount, Sum) else None
