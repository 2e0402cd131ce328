"""News of the desk as a message of its conversation, so that order and receipts hold."""

from datetime import datetime

from servicebot.domain.messages import DeskEvent, DeskNews, InboundMessage
from servicebot.domain.tickets import Ticket


def desk_event(
    news: DeskNews,
    ticket: Ticket,
    now: datetime,
    *,
    key: str,
    owed_since: datetime | None = None,
) -> InboundMessage:
    """The message; the same key for a ticket is the same news, which counts once."""
    return InboundMessage(
        channel=ticket.channel,
        message_id=f"desk/{ticket.id}/{key}",
        conversation_id=ticket.conversation_id,
        sender=ticket.sender,
        received_at=now,
        content=DeskEvent(news=news, ticket_id=ticket.id, owed_since=owed_since),
    )
