"""What the dialogue may ask of the desk, and what it is told. Nothing here is a bank's matter."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from servicebot.domain.tickets import TicketState


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
class ReadTicket:
    """Who holds a ticket."""

    ticket_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketNow:
    """A ticket as it stands.

    Attributes:
        state: Where it is in its life; None where there is no such ticket.
        agent: Who took it.
        agent_here: Whether she is signed in at the desk.
    """

    state: TicketState | None
    agent: str | None = None
    agent_here: bool = False

    def held_by(self, agent: str) -> bool:
        """Whether this agent holds it."""
        return self.state is TicketState.TAKEN and self.agent == agent


DeskCall = ReadQueue | ReadTicket
DeskAnswer = QueueState | TicketNow
