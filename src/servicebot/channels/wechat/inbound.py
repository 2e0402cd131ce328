"""A decrypted push -> what the customer did: the message, and the sends it allows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from servicebot.channels.wechat.wording import read_text
from servicebot.domain.errors import RejectedError
from servicebot.domain.messages import Arrival, InboundMessage, MessageContent, Unreadable
from servicebot.ports.send_quota import Allowance

CHANNEL: Final = "wechat"
_OPENID: Final = re.compile("[A-Za-z0-9_-]{1,64}")
_NUMBER: Final = re.compile("[0-9]{1,20}")
_WORD: Final = re.compile("[a-z_]{1,32}")
_EVENT_KEY: Final = 48  # the records keep ids of at most 200 characters

_MESSAGE: Final = ("message", 5, timedelta(hours=48))
_TAP: Final = ("tap", 3, timedelta(minutes=1))
_TAPS: Final = frozenset({"subscribe", "SCAN", "CLICK", "scancode_push", "scancode_waitmsg"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """One push.

    Attributes:
        account: The account it was sent to; the reply's sender.
        customer: The openid; the reply's recipient.
        message: What to answer; None for events the bot has nothing to say to.
        allowance: The sends it allows, or None.
    """

    account: str
    customer: str
    message: InboundMessage | None
    allowance: Allowance | None


def read_inbound(fields: Mapping[str, str], received_at: datetime) -> Inbound:
    """Reads the fields of a push.

    Raises:
        RejectedError: A field every push has is missing or has another shape.
    """
    customer = _field(fields, "FromUserName", _OPENID)
    key = _event_key(fields) if fields.get("MsgType") == "event" else _message_key(fields)
    content = _content(fields)
    message_id = f"{customer}+{key}"
    message = InboundMessage(
        channel=CHANNEL,
        message_id=message_id,
        conversation_id=f"{CHANNEL}:{customer}",
        sender=customer,
        received_at=received_at,
        content=content or Arrival(),
    )
    return Inbound(
        account=_field(fields, "ToUserName", _OPENID),
        customer=customer,
        message=message if content is not None else None,
        allowance=_allowance(fields, message),
    )


def _message_key(fields: Mapping[str, str]) -> str:
    # MsgId alone was seen twice for two customers at once, so the openid stands before it.
    return _field(fields, "MsgId", _NUMBER)


def _event_key(fields: Mapping[str, str]) -> str:
    created = _field(fields, "CreateTime", _NUMBER)
    event, key = fields.get("Event", ""), fields.get("EventKey", "")
    return f"{created}+{event[:_EVENT_KEY]}+{key[:_EVENT_KEY]}"


def _content(fields: Mapping[str, str]) -> MessageContent | None:
    kind = fields.get("MsgType", "")
    if kind == "text":
        return read_text(fields.get("Content", ""))
    if kind == "event":
        return Arrival() if fields.get("Event") == "subscribe" else None
    return Unreadable(what=kind if _WORD.fullmatch(kind) else "unknown")


def _allowance(fields: Mapping[str, str], message: InboundMessage) -> Allowance | None:
    tapped = "bizmsgmenuid" in fields or fields.get("Event") in _TAPS
    if fields.get("MsgType") == "event" and not tapped:
        return None
    kind, sends, lasts = _TAP if tapped else _MESSAGE
    return Allowance(
        channel=message.channel,
        recipient=message.sender,
        kind=kind,
        opened_by=message.message_id,
        sends=sends,
        until=message.received_at + lasts,
    )


def _field(fields: Mapping[str, str], name: str, shape: re.Pattern[str]) -> str:
    value = fields.get(name, "")
    if not shape.fullmatch(value):
        raise RejectedError(f"{name} is missing or has another shape.")
    return value
