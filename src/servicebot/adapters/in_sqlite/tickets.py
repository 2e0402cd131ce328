"""The tickets on SQLite: written with the commit of their conversation, read by the desk."""

import sqlite3
from datetime import datetime
from functools import partial
from typing import Final

from servicebot.adapters.in_sqlite.database import Database
from servicebot.domain.tickets import Ticket
from servicebot.turns.readable import readable
from servicebot.turns.sealed_form import SealedForm

_WAITING: Final = "SELECT id, body FROM tickets WHERE state = 'waiting'"
_ORDER: Final = " ORDER BY priority, rank, opened_at, id"


def put_ticket(db: sqlite3.Connection, form: SealedForm, ticket: Ticket) -> None:
    """Writes a ticket as it stands, inside the caller's transaction."""
    db.execute(
        "INSERT OR REPLACE INTO tickets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            ticket.id,
            ticket.channel,
            ticket.sender,
            ticket.state.value,
            int(ticket.priority),
            ticket.rank,
            ticket.opened_at.timestamp(),
            ticket.taken_at.timestamp() if ticket.taken_at is not None else None,
            ticket.ended_at.timestamp() if ticket.ended_at is not None else None,
            form.write(ticket, ticket.id),
        ),
    )


def open_tickets(db: sqlite3.Connection, form: SealedForm) -> tuple[Ticket, ...]:
    """Those that wait or are held, inside the caller's transaction."""
    rows = [
        *db.execute("SELECT id, body FROM tickets WHERE state = 'waiting'"),
        *db.execute("SELECT id, body FROM tickets WHERE state = 'taken'"),
    ]
    return tuple(readable("ticket", rows, partial(_ticket, form)))


class SqliteTickets:
    """A view of the conversations that wait for a person or are held by one."""

    def __init__(self, database: Database, form: SealedForm) -> None:
        self._database = database
        self._read = partial(_ticket, form)

    async def find(self, ticket_id: str) -> Ticket | None:
        """One ticket."""
        found = await self._all("SELECT id, body FROM tickets WHERE id = ?", (ticket_id,))
        return found[0] if found else None

    async def waiting(self) -> tuple[Ticket, ...]:
        """Those that wait, next one first."""
        return await self._all(_WAITING + _ORDER, ())

    async def waiting_of(
        self, channel: str, sender: str, subject: str | None
    ) -> tuple[Ticket, ...]:
        """Those of one customer that wait."""
        if subject is None:
            of_sender = _WAITING + " AND channel = ? AND sender = ?" + _ORDER
            return await self._all(of_sender, (channel, sender))
        # Who it is stands only in what is sealed.
        return tuple(
            ticket
            for ticket in await self.waiting()
            if (ticket.channel, ticket.sender) == (channel, sender) or ticket.subject == subject
        )

    async def held(self) -> tuple[Ticket, ...]:
        """Those that any agent has taken and not ended, oldest first."""
        return await self._all(
            "SELECT id, body FROM tickets WHERE state = 'taken' ORDER BY taken_at", ()
        )

    async def taken_since(self, at: datetime) -> tuple[Ticket, ...]:
        """Those that were taken since an instant, ended or not."""
        return await self._all(
            "SELECT id, body FROM tickets WHERE taken_at >= ? ORDER BY taken_at", (at.timestamp(),)
        )

    async def left_since(self, at: datetime) -> tuple[Ticket, ...]:
        """Those whose customer left since an instant, newest first."""
        return await self._all(
            "SELECT id, body FROM tickets WHERE state = 'left' AND ended_at >= ? ORDER BY ended_at DESC",
            (at.timestamp(),),
        )

    async def _all(self, query: str, values: tuple[object, ...]) -> tuple[Ticket, ...]:
        return await self._database.read(
            lambda db: tuple(readable("ticket", db.execute(query, values), self._read))
        )


def _ticket(form: SealedForm, row: sqlite3.Row) -> Ticket:
    return form.read(Ticket, row["body"], row["id"])
