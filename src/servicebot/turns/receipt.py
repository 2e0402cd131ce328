"""Writes the receipt of a turn: everything it was decided by."""

from datetime import datetime

from servicebot.content.content import Content
from servicebot.domain.bank_calls import BankCall
from servicebot.domain.bank_results import BankResult, Refused
from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import InboundMessage, OutboundMessage
from servicebot.domain.receipts import ArticleRecord, CallRecord, Receipt
from servicebot.turns.stored_form import to_json
from servicebot.turns.think import Thought


def write_receipt(
    message: InboundMessage,
    after: Conversation,
    thought: Thought,
    replies: tuple[OutboundMessage, ...],
    now: datetime,
    content: Content,
) -> Receipt:
    """The receipt; the model's version is added by the turn."""
    heard = thought.heard
    return Receipt(
        turn_id=f"{after.id}#{after.turns}",
        conversation_id=after.id,
        at=now,
        message=message,
        content_version=content.version,
        model_version="",
        understanding=heard.whole if heard is not None else None,
        heard=heard.yes_no.value if heard is not None else "none",
        decision=thought.decision.rule,
        calls=tuple(_call(call, result) for call, result in thought.facts),
        articles=_articles(replies, after, content),
        replies=replies,
        escalated=thought.decision.escalate,
        ticket_id=after.ticket_id,
        raised=thought.decision.raised,
        subject=after.identity.subject,
        rated=thought.decision.rated,
    )


def _call(call: BankCall, result: BankResult) -> CallRecord:
    outcome = f"refused:{result.code}" if isinstance(result, Refused) else result.kind
    return CallRecord(name=call.name, outcome=outcome, asked=to_json(call).decode(), answer=result)


def _articles(
    replies: tuple[OutboundMessage, ...], after: Conversation, content: Content
) -> tuple[ArticleRecord, ...]:
    found = (content.articles.get((reply.name, after.language)) for reply in replies)
    return tuple(
        ArticleRecord(
            id=article.id,
            owner=article.owner,
            source=article.source,
            valid=f"{article.valid_from} .. {article.valid_to}",
        )
        for article in found
        if article is not None
    )
