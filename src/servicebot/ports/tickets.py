"""The port to the tickets."""

from typing import Protocol

from servicebot.domain.tickets import Ticket, TicketState


class Tickets(Protocol):
    """The queue of conversations that need a person, and its history."""

    async def open(self, ticket: Ticket) -> None:
        """Adds a ticket; one with the same id is left as it is."""

    async def take(self, ticket_id: str | None, agent: str) -> Ticket | None:
        """Gives an agent one waiting ticket: the named one, or the next by priority and age.

        Returns:
            The ticket as taken, or None where it is gone or nothing waits. No ticket is ever
            given to two agents.
        """

    async def end(self, ticket_id: str, state: TicketState) -> None:
        """Ends a ticket that is not ended yet."""

    async def find(self, ticket_id: str) -> Ticket | None:
        """One ticket."""

    async def waiting(self) -> tuple[Ticket, ...]:
        """Those that wait, next one first."""

    async def held_by(self, agent: str) -> tuple[Ticket, ...]:
        """Those an agent has taken and not ended, oldest first."""
