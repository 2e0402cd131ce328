"""Domain values -> the forms that pages and programs are told."""

from typing import Final

from servicebot.domain.audit import AuditRow
from servicebot.domain.messages import OutboundMessage, Rate, TimelineLine
from servicebot.domain.tickets import Priority, Ticket
from servicebot.web.answer_forms import (
    ShownLine,
    ShownMessage,
    ShownRating,
    ShownTicket,
    TrailRow,
    UnreadableRow,
    Urgency,
)

_URGENCY: Final[dict[Priority, Urgency]] = {
    Priority.URGENT: "urgent",
    Priority.HIGH: "high",
    Priority.NORMAL: "normal",
}


def shown_message(message: OutboundMessage) -> ShownMessage:
    """One message."""
    return ShownMessage(
        name=message.name,
        author=message.author,
        text=message.plain_text,
        say=message.text,
        rows=message.rows,
        buttons=message.buttons,
        links=message.links,
        ratable=message.ratable,
    )


def shown_line(line: TimelineLine) -> ShownLine:
    """One line with its place in the conversation."""
    message = line.message
    return ShownLine(
        seq=line.seq,
        at=line.at.isoformat(),
        message_id=line.message_id,
        name=message.name,
        author=message.author,
        text=message.plain_text,
        say=message.text,
        rows=message.rows,
        buttons=message.buttons,
        links=message.links,
        ratable=message.ratable,
        rates=_shown_rating(message.rates),
    )


def _shown_rating(rates: Rate | None) -> ShownRating | None:
    if rates is None:
        return None
    return ShownRating(message_id=rates.answers, name=rates.article, solved=rates.solved)


def shown_ticket(ticket: Ticket) -> ShownTicket:
    """A ticket as the desk shows it."""
    return ShownTicket(
        id=ticket.id,
        channel=ticket.channel,
        customer=ticket.customer,
        language=ticket.language,
        reason=ticket.reason,
        priority=_URGENCY[ticket.priority],
        summary=ticket.summary,
        task=ticket.task,
        opened_at=ticket.opened_at.isoformat(),
        state=ticket.state,
        departure=ticket.departure,
        promised=ticket.promised,
        agent=ticket.agent,
    )


def shown_row(row: AuditRow) -> TrailRow | UnreadableRow:
    """One row of the audit trail."""
    entry = row.entry
    if entry is None:
        return UnreadableRow(number=row.number, unreadable=True)
    return TrailRow(
        number=row.number,
        at=entry.at.isoformat(),
        who=entry.who,
        role=entry.role,
        act=entry.act,
        what=entry.what,
        conversation=entry.conversation,
        address=entry.address,
        detail=entry.detail,
        bond=row.bond,
    )
