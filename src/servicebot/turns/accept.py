"""The door: screens a message and stores it once; when this returns, it survives a crash."""

from typing import Final

from servicebot.domain.messages import InboundMessage
from servicebot.ports.mailbox import Accepted, Mailbox
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.bell import Bell
from servicebot.turns.screen import screen_in

WORK: Final = "work"


class Door:
    """Takes messages in from every channel."""

    def __init__(self, mailbox: Mailbox, bell: Bell, metrics: Metrics) -> None:
        self._mailbox = mailbox
        self._bell = bell
        self._metrics = metrics

    async def accept(self, message: InboundMessage) -> Accepted:
        """Accepts one message.

        Raises:
            UnavailableError: It could not be stored; the platform should send it again.
        """
        accepted = await self._mailbox.accept(screen_in(message))
        self._metrics.accepted.labels(message.channel, accepted.value).inc()
        if accepted is Accepted.NEW:
            self._bell.ring_one(WORK)
            self._bell.ring(conversation_bell(message.conversation_id))
        return accepted


def conversation_bell(conversation_id: str) -> str:
    """Rings when a conversation has a new line."""
    return f"conversation/{conversation_id}"


def answer_bell(channel: str, message_id: str) -> str:
    """Rings when a message was answered."""
    return f"answer/{channel}/{message_id}"
