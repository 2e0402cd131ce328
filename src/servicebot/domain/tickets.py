"""Tickets: conversations that wait for a person or are held by one."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final

from servicebot.domain.understanding import Language


class Reason(StrEnum):
    """Why a person is needed."""

    CUSTOMER_ASKED = "customer_asked"
    NOT_UNDERSTOOD = "not_understood"
    COMPLAINT = "complaint"
    FRAUD = "fraud"
    DOUBLE_DEBIT = "double_debit"
    HARDSHIP = "hardship"
    DISTRESS = "distress"
    THREAT = "threat"
    SIGN_LANGUAGE = "sign_language"
    CARD_UNFREEZE = "card_unfreeze"
    CARD_LOST = "card_lost"
    ARTICLE = "article"
    FAULT = "fault"


class Priority(IntEnum):
    """Order of the queue; lower is served first."""

    URGENT = 0
    HIGH = 1
    NORMAL = 2


class TicketState(StrEnum):
    """The life of a ticket."""

    WAITING = "waiting"
    TAKEN = "taken"
    HANDED_BACK = "handed_back"
    CLOSED = "closed"
    LEFT = "left"


class Departure(StrEnum):
    """Why a customer does not wait any more."""

    GAVE_UP = "gave_up"
    SUPERSEDED = "superseded"


LAST_RANK: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One escalation.

    Attributes:
        id: Derived from the message that caused it, so that a repeated turn opens none twice.
        conversation_id: The conversation.
        channel: Its channel.
        sender: The platform's id of the customer.
        customer: Masked name, or None while nobody is known.
        language: The customer's language.
        reason: Why.
        priority: Place in the queue.
        rank: Place among tickets of the same priority; lower is served first, whatever the age.
        summary: What was asked before a person was wanted, and the words that caused it.
        task: The half-done task in plain words, or None.
        opened_at: When, UTC.
        state: Where it is in its life.
        agent: Who took it.
        taken_at: When it was taken, UTC.
        ended_at: When it was closed, handed back or left, UTC.
        departure: Why the customer left, where they did.
        subject: The bank's opaque word for the customer; None while nobody is known.
        promised: Whether the customer was promised a message when the desk opens.
    """

    id: str
    conversation_id: str
    channel: str
    sender: str
    customer: str | None
    language: Language
    reason: Reason
    priority: Priority
    summary: str
    task: str | None
    opened_at: datetime
    state: TicketState = TicketState.WAITING
    agent: str | None = None
    taken_at: datetime | None = None
    ended_at: datetime | None = None
    rank: int = LAST_RANK
    departure: Departure | None = None
    subject: str | None = None
    promised: bool = False
