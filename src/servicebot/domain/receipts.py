"""The receipt of a turn: why the bot said what it said."""

from dataclasses import dataclass
from datetime import datetime

from servicebot.domain.messages import InboundMessage, OutboundMessage
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """One bank call of a turn.

    Attributes:
        name: `loan.quote` and the like.
        outcome: Kind of the result, with the code of a refusal (`refused:quote_expired`).
    """

    name: str
    outcome: str


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
