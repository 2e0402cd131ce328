"""The receipt of a turn: why the bot said what it said."""

from dataclasses import dataclass
from datetime import datetime

from servicebot.domain.bank_results import BankResult
from servicebot.domain.conversation import Conversation
from servicebot.domain.desk_facts import DeskAnswer, DeskCall, DeskNow
from servicebot.domain.messages import InboundMessage, OutboundMessage
from servicebot.domain.rating import Rating
from servicebot.domain.tickets import Reason, Ticket
from servicebot.domain.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """One bank call of a turn.

    Attributes:
        name: `loan.quote` and the like.
        outcome: Kind of the result, with the code of a refusal (`refused:quote_expired`).
        asked: The call's arguments, as JSON; empty in receipts of earlier editions.
        answer: What the bank said; None in receipts of earlier editions.
    """

    name: str
    outcome: str
    asked: str = ""
    answer: BankResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRecord:
    """One question to the desk, and what it said."""

    call: DeskCall
    answer: DeskAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a turn was decided from besides words and bank: enough to decide it again.

    Attributes:
        before: The state before it; None for the first turn of a conversation.
        ended: When it had been decided, UTC; a question counts as asked then.
        desk: Whether people served.
        desk_calls: What was asked of the desk, in order.
        after: SHA-256 of the state after it, to compare.
    """

    before: Conversation | None
    ended: datetime
    desk: DeskNow
    desk_calls: tuple[DeskRecord, ...]
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """The version of an article that was sent."""

    id: str
    owner: str
    source: str
    valid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Everything a turn was decided by.

    Attributes:
        turn_id: `<conversation>#<turn number>`.
        conversation_id: The conversation.
        at: When the turn was decided, UTC.
        message: What came in.
        content_version: Hash of the content it was decided with.
        model_version: Hash of the encoder and the fitted heads.
        understanding: What was understood; None where there were no words.
        heard: How a yes or no was read (`yes`, `no`, `none`).
        decision: Name of the rule that decided (`task.answer`, `article`, `escalate`).
        calls: Bank calls in order.
        articles: Versions of the articles that were sent.
        replies: What was sent, byte for byte.
        escalated: Why a person was called, or None.
        ticket_id: The open ticket, if any.
        raised: What made the open ticket graver, or None.
        tickets: Every ticket that was opened, changed or ended.
        subject: Whose the turn was: whom the conversation knew after it, else before it.
        basis: What else it was decided from; None in receipts of earlier editions and of turns
            that were given up.
        rated: What the customer said of an answer, where it is the first thing they say of it.
    """

    turn_id: str
    conversation_id: str
    at: datetime
    message: InboundMessage
    content_version: str
    model_version: str
    understanding: Understanding | None
    heard: str
    decision: str
    calls: tuple[CallRecord, ...]
    articles: tuple[ArticleRecord, ...]
    replies: tuple[OutboundMessage, ...]
    escalated: Reason | None
    ticket_id: str | None
    raised: Reason | None = None
    tickets: tuple[Ticket, ...] = ()
    subject: str | None = None
    basis: Basis | None = None
    rated: Rating | None = None
