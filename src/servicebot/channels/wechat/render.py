"""OutboundMessage -> WeChat text, within the platform's 2048 bytes per text."""

from collections.abc import Sequence
from typing import Final

from servicebot.domain.messages import OutboundMessage

MOST_BYTES: Final = 2048
_GAP: Final = "\n\n"


def render(message: OutboundMessage) -> str:
    """Sentence, rows and links as lines, and what the customer may answer in brackets."""
    if not message.buttons:
        return message.plain_text
    says = " ".join(f"[{button.says}]" for button in message.buttons)
    return f"{message.plain_text}\n{says}"


def fitting(texts: Sequence[str]) -> int:
    """How many of the texts, from the first on, fit into one passive reply."""
    used = 0
    for count, text in enumerate(texts):
        used += len(text.encode()) + (len(_GAP) if count else 0)
        if used > MOST_BYTES:
            return count
    return len(texts)


def merge(texts: Sequence[str]) -> str:
    """Several texts as one."""
    return _GAP.join(texts)


def split(text: str) -> tuple[str, ...]:
    """The text in parts of at most 2048 bytes, cut at line ends where there are any."""
    parts: list[str] = []
    while len(text.encode()) > MOST_BYTES:
        head = text.encode()[:MOST_BYTES].decode(errors="ignore")
        at = head.rfind("\n") + 1 or len(head)
        parts.append(text[:at].rstrip("\n"))
        text = text[at:]
    return (*(part for part in parts if part), *((text,) if text.strip() else ()))
