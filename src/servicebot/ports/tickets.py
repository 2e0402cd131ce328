"""The port to the tickets: a view of the conversations that wait for a person or are held by one."""

from datetime import datetime
from typing import Protocol

from servicebot.domain.tickets import Ticket


class Tickets(Protocol):
    """Reads what turns committed; a ticket changes only with its conversation.

    One whose stored form cannot be read is left out and logged, so that it hides no other.
    """

    async def find(self, ticket_id: str) -> Ticket | None:
        """One ticket."""

    async def waiting(self) -> tuple[Ticket, ...]:
        """Those that wait, next one first: by priority, rank and age."""

    async def waiting_of(
        self, channel: str, sender: str, subject: str | None
    ) -> tuple[Ticket, ...]:
        """Those of one customer that wait, known by the sender in a channel or by the subject."""

    async def held(self) -> tuple[Ticket, ...]:
        """Those that any agent has taken and not ended, oldest first."""

    async def taken_since(self, at: datetime) -> tuple[Ticket, ...]:
        """Those that were taken since an instant, ended or not."""

    async def left_since(self, at: datetime) -> tuple[Ticket, ...]:
        """Those whose customer does not wait any more since an instant, newest first."""
