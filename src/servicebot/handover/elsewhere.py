"""Where the customer waits in another chat: it is told, and ends its ticket itself."""

from datetime import datetime
from typing import Protocol

from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.messages import DeskNews, InboundMessage
from servicebot.domain.tickets import Ticket
from servicebot.handover.desk_event import desk_event


class FindsWaiting(Protocol):
    """The part of the tickets that is needed here."""

    async def waiting_of(
        self, channel: str, sender: str, subject: str | None
    ) -> tuple[Ticket, ...]:
        """Those of one customer that wait."""


async def tell_elsewhere(
    before: Conversation, after: Conversation, tickets: FindsWaiting, now: datetime
) -> tuple[InboundMessage, ...]:
    """News for older chats of the same customer that wait.

    Looked for only in a turn that may be the first to show it: the first of a chat, one that
    links it, or one that calls a person.
    """
    linked = after.identity.subject not in {None, before.identity.subject}
    calls = before.owner is Owner.BOT and after.owner is Owner.QUEUE
    if before.turns and not linked and not calls:
        return ()
    waiting = await tickets.waiting_of(after.channel, after.sender, after.identity.subject)
    return tuple(
        desk_event(DeskNews.SUPERSEDED, ticket, now, key=f"superseded/{after.id}/{before.turns}")
        for ticket in waiting
        if ticket.conversation_id != after.id
    )
