"""Messages and turn results for stores to keep."""

from dataclasses import replace
from datetime import UTC, datetime

from servicebot.domain.acts import Act
from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import (
    Author,
    InboundMessage,
    MessageContent,
    OutboundMessage,
    Text,
)
from servicebot.domain.receipts import Receipt
from servicebot.domain.understanding import ActChance, Band, Language, Understanding
from servicebot.ports.mailbox import TurnResult

AT = datetime(2026, 5, 15, 4, 0, tzinfo=UTC)


def inbound(
    message_id: str,
    *,
    conversation: str = "c1",
    channel: str = "wechat",
    content: MessageContent | None = None,
) -> InboundMessage:
    """A message of one customer."""
    return InboundMessage(
        channel=channel,
        message_id=message_id,
        conversation_id=f"{channel}:{conversation}",
        sender=conversation,
        received_at=AT,
        content=content or Text(text=f"text of {message_id}"),
    )


def outbound(text: str, *, name: str = "greeting") -> OutboundMessage:
    """A message of the bot."""
    return OutboundMessage(name=name, author=Author.BOT, text=text)


def result(
    message: InboundMessage,
    state: Conversation | None,
    *texts: str,
    push_at: datetime | None = AT,
) -> TurnResult:
    """What a turn that says `texts` leaves behind."""
    turns = (state.turns if state is not None else 0) + 1
    after = Conversation(
        id=message.conversation_id, channel=message.channel, sender=message.sender, turns=turns
    )
    replies = tuple(outbound(text) for text in texts)
    return TurnResult(
        conversation=after,
        replies=replies,
        receipt=receipt(message, turns, replies),
        push_at=push_at,
    )


def receipt(
    message: InboundMessage, turn: int = 1, replies: tuple[OutboundMessage, ...] = ()
) -> Receipt:
    """The receipt of such a turn."""
    return Receipt(
        turn_id=f"{message.conversation_id}#{turn}",
        conversation_id=message.conversation_id,
        at=AT,
        message=message,
        content_version="c",
        model_version="m",
        understanding=None,
        heard="none",
        decision="article",
        calls=(),
        articles=(),
        replies=replies,
        escalated=None,
        ticket_id=None,
    )


def unreadable(written: Receipt) -> Receipt:
    """One that every store can write and nobody can read back: JSON has no such number."""
    nan = ActChance(act=next(iter(Act)), probability=float("nan"))
    understood = Understanding(
        text="", language=Language.ZH, ranking=(), band=Band.ANSWER, acts=(nan,)
    )
    return replace(written, understanding=understood)
