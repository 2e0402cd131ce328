"""What the dialogue may ask of the desk, and what it is told. Nothing here is a bank's matter."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskNow:
    """Whether people serve at the instant of a turn.

    Attributes:
        is_open: Whether they do.
        closes_at: Until when, where they do; None where nobody says.
        opens_at: From when, where they do not; None where nobody knows.
    """

    is_open: bool = True
    closes_at: datetime | None = None
    opens_at: datetime | None = None


OPEN: Final = DeskNow()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadQueue:
    """How a ticket stands in the queue."""

    ticket_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long eight of ten customers waited, in minutes, rounded outwards."""

    least_min: int
    most_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueState:
    """A place in the queue.

    Attributes:
        place: From 1; None where the ticket does not wait.
        wait: How long it took lately; None where too few were taken to say.
    """

    place: int | None
    wait: Wait | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAgent:
    """Whether an agent is there for the customer she holds.

    Attributes:
        agent: Her name.
        since: When she took the ticket, UTC; who took one lately counts as there.
    """

    agent: str
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentNow:
    """Whether an agent is at the desk."""

    is_here: bool


DeskCall = ReadQueue | ReadAgent
DeskAnswer = QueueState | AgentNow
