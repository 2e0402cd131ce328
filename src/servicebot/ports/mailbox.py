"""The port to the mailbox: messages wait there, per conversation and in order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import InboundMessage, OutboundMessage
from servicebot.domain.receipts import Receipt
from servicebot.domain.tickets import Ticket

MOST_WAITING: Final = 20  # per conversation: who floods waits alone
UNREADABLE_TRIES: Final = 1_000


class Accepted(StrEnum):
    """What became of a message at the door."""

    NEW = "new"
    DUPLICATE = "duplicate"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to handle one conversation's oldest message for a while.

    Attributes:
        conversation_id: Whose.
        token: Rises with every claim of the conversation; a commit with an older one is refused.
        position: The message's place; a commit for another one is refused.
        message: What to handle.
        state: The conversation, or None for the first message.
        tries: How often the message failed before, or its lease ran out: it may kill its worker.
            `UNREADABLE_TRIES` where the stored state could not be read, so that nothing is tried
            and a person comes.
        at: The instant of the claim by the store's clock, UTC.
    """

    conversation_id: str
    token: int
    position: int
    message: InboundMessage
    state: Conversation | None
    tries: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnResult:
    """What one turn leaves behind, stored in one step.

    Attributes:
        conversation: The state after it.
        replies: What the bot or the agent says, in order.
        receipt: Why.
        push_at: From when the channel is sent the replies, UTC; None where the customer's page
            reads them itself.
        tickets: Every ticket that the turn opened, changed or ended, as it stands after it.
        notices: News for other conversations; they go into their mailboxes before the commit,
            where the same id counts once, so a repeated turn tells nothing twice.
    """

    conversation: Conversation
    replies: tuple[OutboundMessage, ...]
    receipt: Receipt
    push_at: datetime | None
    tickets: tuple[Ticket, ...] = ()
    notices: tuple[InboundMessage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much waits, and how much was done.

    Attributes:
        waiting: Messages that wait or are being handled, of all conversations.
        handled: Messages that were ever handled; only its growth means something.
    """

    waiting: int
    handled: int


class Mailbox(Protocol):
    """Durable, ordered per conversation, safe to use from many workers."""

    async def accept(self, message: InboundMessage) -> Accepted:
        """Dedupes and stores in one step; when it returns NEW the message survives a crash.

        `received_at` becomes the instant by the store's clock, so that messages of any process
        and the turns that handle them are told apart by one clock.
        """

    async def claim(self, lease_s: float) -> Claim | None:
        """Takes the conversation that has waited longest, or None where nothing waits."""

    async def renew(self, claim: Claim, lease_s: float) -> bool:
        """Lengthens a lease; False when it was lost."""

    async def commit(self, claim: Claim, result: TurnResult) -> None:
        """Removes the message and stores the result in one step.

        Raises:
            StaleClaimError: The lease was lost; nothing was stored.
        """

    async def fail(self, claim: Claim, wait_s: float) -> None:
        """Gives the message back to be tried again after `wait_s` seconds."""

    async def load(self) -> Load:
        """How much waits and was done, by all processes; cheap enough for four times a second."""
