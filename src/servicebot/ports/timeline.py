"""The port to a conversation's lines, as the customer's page and the desk show them."""

from typing import Protocol

from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import InboundMessage, OutboundMessage, TimelineLine


class Timeline(Protocol):
    """Reads what was accepted and committed."""

    async def lines(self, conversation_id: str, after: int) -> tuple[TimelineLine, ...]:
        """The lines with a sequence number above `after`, oldest first, at most 500."""

    async def answers(self, message: InboundMessage) -> tuple[OutboundMessage, ...] | None:
        """The answers to one inbound message, or None while its turn is not done."""

    async def conversation(self, conversation_id: str) -> Conversation | None:
        """The state as last committed."""
