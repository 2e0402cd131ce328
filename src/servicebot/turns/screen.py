"""What comes in is cut and masked before anything is stored; what leaves is checked."""

import re
import unicodedata
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from servicebot.domain.errors import RejectedError
from servicebot.domain.messages import InboundMessage, OutboundMessage, Row, Text
from servicebot.telemetry.masking import mask_personal_numbers

MOST_CHARACTERS: Final = 2_000
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_KEPT: Final = frozenset("\n\t\u200d")
_URL = re.compile(r"(?:https?://|www\.)[^\s,\uff0c\u3002)\uff09]+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\d.,])(?:\+?86[ \-]?)?(?:1[3-9]\d{9}|400[ \-]?\d{3}[ \-]?\d{4}|95\d{3})(?![\d.,元])"
)
_ACCOUNT = re.compile(r"(?<!\d)(?:\d[ \-]?){11,18}\d(?!\d)")


def screen_in(message: InboundMessage) -> InboundMessage:
    """The message with its text cut, cleaned of control characters and masked."""
    if not isinstance(message.content, Text):
        return message
    text = message.content.text[: 2 * MOST_CHARACTERS]
    kept = "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _DROPPED)
    masked = mask_personal_numbers(kept.strip()[:MOST_CHARACTERS])
    return replace(message, content=Text(text=masked))


def forbidden_in(text: str, allowed_origins: frozenset[str]) -> tuple[str, ...]:
    """Links, phone numbers and account numbers in a text that are not on the allow-list.

    The rule holds for the bot and for agents: nobody can make the bank's chat hand out a number
    or a page that the bank did not approve.
    """
    links = [url for url in _URL.findall(text) if origin(url) not in allowed_origins]
    plain = _URL.sub(" ", text)
    return (*links, *_PHONE.findall(plain), *_ACCOUNT.findall(plain))


def screen_out(message: OutboundMessage, allowed_origins: frozenset[str]) -> OutboundMessage:
    """The message with forbidden parts of backend fields hidden.

    A transaction's memo may carry a stranger's link or number; the approved text around it stays.

    Raises:
        RejectedError: A link of the message itself is not on the allow-list.
    """
    for link in message.links:
        if origin(link.url) not in allowed_origins:
            raise RejectedError(f"{origin(link.url)} is not an allowed origin for links.")
    rows = tuple(
        Row(label=_hide(row.label, allowed_origins), value=_hide(row.value, allowed_origins))
        for row in message.rows
    )
    text = _hide(message.text, allowed_origins, kept=message.receipts)
    return replace(message, text=text, rows=rows)


def _hide(text: str, allowed_origins: frozenset[str], kept: tuple[str, ...] = ()) -> str:
    for part in forbidden_in(text, allowed_origins):
        if not any(part in number for number in kept):
            text = text.replace(part, "***")
    return text


def origin(url: str) -> str:
    """Scheme and host of an address, for the allow-list."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    return f"{parts.scheme}://{parts.netloc}".lower()
