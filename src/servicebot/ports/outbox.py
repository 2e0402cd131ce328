"""The port to the outbox: what was committed and still has to reach the customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from servicebot.domain.messages import InboundMessage, OutboundMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One committed message on its way to a channel.

    Attributes:
        id: Its place in the outbox.
        token: Rises with every claim.
        conversation_id: Whose.
        channel: Where to.
        recipient: The platform's id of the customer.
        reply_to: The inbound message it answers.
        reply_to_rank: Its place among the answers to that message, from 0.
        message: What to send.
        tries: How often sending failed.
    """

    id: int
    token: int
    conversation_id: str
    channel: str
    recipient: str
    reply_to: str
    reply_to_rank: int
    message: OutboundMessage
    tries: int


class Fate(StrEnum):
    """What has become of a committed message that had to be pushed."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    SWALLOWED = "swallowed"  # no sends were left


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """One message on its way, or at its end.

    Attributes:
        reply_to: The inbound message it answers; of an agent's words, her act.
        rank: Its place among the answers to that message, from 0.
        fate: How far it is.
    """

    reply_to: str
    rank: int
    fate: Fate


class Outbox(Protocol):
    """Keeps the order of each conversation; safe to use from many senders."""

    async def claim_delivery(self, lease_s: float) -> Delivery | None:
        """Takes the oldest message whose conversation has none under way before it."""

    async def delivered(self, delivery: Delivery) -> None:
        """Marks it sent."""

    async def postpone(self, delivery: Delivery, wait_s: float) -> None:
        """Tries it again after `wait_s` seconds; what stands behind it waits too."""

    async def undeliverable(self, delivery: Delivery, why: str, fate: Fate = Fate.DEAD) -> None:
        """Gives it up and keeps it with the reason."""

    async def pushed(
        self, conversation_id: str, channel: str, reply_to: Sequence[str]
    ) -> tuple[Pushed, ...]:
        """How far the answers to some messages of a conversation are, by message and rank.

        What is not pushed at all, as on the bank's page, is not among them.
        """

    async def take_replies(
        self, message: InboundMessage, lease_s: float
    ) -> tuple[Delivery, ...] | None:
        """Takes the answers to one inbound message for the platform's own response.

        One winner: what was taken here is not pushed, what is being pushed is not taken. What was
        taken and not marked `delivered` when the lease ends is pushed, so a crash loses nothing.

        Returns:
            The answers, in order; empty where the turn is done and nothing is left to say; None
            while the turn is not done.
        """

    async def give_back_replies(self, deliveries: Sequence[Delivery]) -> None:
        """Undoes `take_replies` for some of the answers: they are pushed at once."""
