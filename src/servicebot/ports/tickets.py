"""The port to the tickets."""

from datetime import datetime
from typing import Protocol

from servicebot.domain.tickets import Departure, Ticket, TicketState


class Tickets(Protocol):
    """The queue of conversations that need a person, and its history."""

    async def open(self, ticket: Ticket) -> None:
        """Adds a ticket; one with the same id is left as it is."""

    async def take(self, ticket_id: str | None, agent: str) -> Ticket | None:
        """Gives an agent one waiting ticket: the named one, or the next by priority, rank and age.

        Returns:
            The ticket as taken, or None where it is gone or nothing waits. No ticket is ever
            given to two agents.
        """

    async def give_back(self, ticket_id: str, agent: str) -> None:
        """Lets a ticket that this agent holds wait again, with its age; any other is left alone."""

    async def leave(self, ticket_id: str, why: Departure) -> bool:
        """Ends a ticket that waits because the customer does not wait any more.

        Returns:
            Whether it waited. One that was taken in the meantime stays with its agent.
        """

    async def amend(self, ticket: Ticket) -> None:
        """Stores what is told about a ticket that is not ended.

        That is reason, priority, rank, summary, task, customer, subject, language and promise; its
        state, agent and instants stay as they are. The same twice changes nothing.
        """

    async def end(self, ticket_id: str, state: TicketState) -> None:
        """Ends a ticket that is not ended yet."""

    async def find(self, ticket_id: str) -> Ticket | None:
        """One ticket."""

    async def waiting(self) -> tuple[Ticket, ...]:
        """Those that wait, next one first."""

    async def held_by(self, agent: str) -> tuple[Ticket, ...]:
        """Those an agent has taken and not ended, oldest first."""

    async def held(self) -> tuple[Ticket, ...]:
        """Those that any agent has taken and not ended, oldest first."""

    async def taken_since(self, at: datetime) -> tuple[Ticket, ...]:
        """Those that were taken since an instant, ended or not."""

    async def left_since(self, at: datetime) -> tuple[Ticket, ...]:
        """Those whose customer does not wait any more since an instant, newest first."""
