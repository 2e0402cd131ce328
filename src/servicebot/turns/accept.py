"""The door: screens a message and stores it once; when this returns, it survives a crash."""

from typing import Final

from servicebot.domain.errors import OverloadedError, TooManyError
from servicebot.domain.messages import InboundMessage
from servicebot.ports.mailbox import Accepted, Mailbox
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.bell import Bell
from servicebot.turns.gate import Gate
from servicebot.turns.screen import screen_in

WORK: Final = "work"


class Door:
    """Takes messages in from every channel."""

    def __init__(
        self, mailbox: Mailbox, bell: Bell, metrics: Metrics, gate: Gate | None = None
    ) -> None:
        """Without a gate everything comes in."""
        self._mailbox = mailbox
        self._bell = bell
        self._metrics = metrics
        self._gate = gate

    async def accept(self, message: InboundMessage) -> Accepted:
        """Accepts one message.

        Raises:
            UnavailableError: It could not be stored; the platform should send it again.
            TooManyError: The customer or the channel says too much.
            OverloadedError: It would wait too long for its answer.
        """
        if self._gate is not None:
            await self._check(self._gate, message)
        accepted = await self._mailbox.accept(screen_in(message))
        self._metrics.accepted.labels(message.channel, accepted.value).inc()
        if accepted is Accepted.NEW:
            if self._gate is not None:
                self._gate.came(message)
            self._bell.ring_one(WORK)
            self._bell.ring(conversation_bell(message.conversation_id))
        return accepted

    async def _check(self, gate: Gate, message: InboundMessage) -> None:
        try:
            await gate.check(message)
        except TooManyError:
            self._metrics.accepted.labels(message.channel, "too_many").inc()
            raise
        except OverloadedError:
            self._metrics.accepted.labels(message.channel, "overloaded").inc()
            raise


def conversation_bell(conversation_id: str) -> str:
    """Rings when a conversation has a new line."""
    return f"conversation/{conversation_id}"


def answer_bell(channel: str, message_id: str) -> str:
    """Rings when a message was answered."""
    return f"answer/{channel}/{message_id}"
