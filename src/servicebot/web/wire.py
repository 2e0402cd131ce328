"""Domain values -> the JSON of the pages and of the REST interface."""

from typing import Any

from servicebot.domain.messages import OutboundMessage, TimelineLine
from servicebot.domain.tickets import Ticket


def message_json(message: OutboundMessage) -> dict[str, Any]:
    """One message: `text` holds everything for those who show nothing else, `say` the sentence."""
    return {
        "name": message.name,
        "author": message.author.value,
        "text": message.plain_text,
        "say": message.text,
        "rows": [{"label": row.label, "value": row.value} for row in message.rows],
        "buttons": [{"label": one.label, "says": one.says} for one in message.buttons],
        "links": [{"label": link.label, "url": link.url} for link in message.links],
    }


def line_json(line: TimelineLine) -> dict[str, Any]:
    """One line with its place in the conversation."""
    return {
        "seq": line.seq,
        "at": line.at.isoformat(),
        "message_id": line.message_id,
        **message_json(line.message),
    }


def ticket_json(ticket: Ticket) -> dict[str, Any]:
    """A ticket as the desk shows it."""
    return {
        "id": ticket.id,
        "channel": ticket.channel,
        "customer": ticket.customer,
        "language": ticket.language.value,
        "reason": ticket.reason.value,
        "priority": ticket.priority.name.lower(),
        "summary": ticket.summary,
        "task": ticket.task,
        "opened_at": ticket.opened_at.isoformat(),
        "state": ticket.state.value,
        "departure": ticket.departure.value if ticket.departure is not None else None,
        "promised": ticket.promised,
        "agent": ticket.agent,
    }
