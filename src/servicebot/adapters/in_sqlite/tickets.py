"""The tickets on SQLite: written with the commit of their conversation, read by the desk."""

import sqlite3
from datetime import datetime
from typing import Final

from servicebot.adapters.in_sqlite.database import Database
from servicebot.domain.tickets import Ticket
from servicebot.turns.readable import readable
from servicebot.turns.stored_form import from_json, to_json

_WAITING: Final = "SELECT body FROM tickets WHERE state = 'waiting'"
_ORDER: Final = " ORDER BY priority, rank, opened_at, id"


def put_ticket(db: sqlite3.Connection, ticket: Ticket) -> None:
    """Writes a ticket as it stands, inside the caller's transaction."""
    db.execute(
        "INSERT OR REPLACE INTO tickets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            ticket.id,
            ticket.channel,
            ticket.sender,
            ticket.subject,
            ticket.state.value,
            int(ticket.priority),
            ticket.rank,
            ticket.opened_at.timestamp(),
            ticket.taken_at.timestamp() if ticket.taken_at is not None else None,
            ticket.ended_at.timestamp() if ticket.ended_at is not None else None,
            to_json(ticket),
        ),
    )


def open_tickets(db: sqlite3.Connection) -> tuple[Ticket, ...]:
    """Those that wait or are held, inside the caller's transaction."""
    rows = [
        *db.execute("SELECT body FROM tickets WHERE state = 'waiting'"),
        *db.execute("SELECT body FROM tickets WHERE state = 'taken'"),
    ]
    return tuple(readable("ticket", rows, _ticket))


class SqliteTickets:
    """A view of the conversations that wait for a person or are held by one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, ticket_id: str) -> Ticket | None:
        """One ticket."""
        found = await self._all("SELECT body FROM tickets WHERE id = ?", (ticket_id,))
        return found[0] if found else None

    async def waiting(self) -> tuple[Ticket, ...]:
        """Those that wait, next one first."""
        return await self._all(_WAITING + _ORDER, ())

    async def waiting_of(
        self, channel: str, sender: str, subject: str | None
    ) -> tuple[Ticket, ...]:
        """Those of one customer that wait."""
        by_sender = await self._all(
            _WAITING + " AND channel = ? AND sender = ?" + _ORDER, (channel, sender)
        )
        if subject is None:
            return by_sender
        by_subject = await self._all(_WAITING + " AND subject = ?" + _ORDER, (subject,))
        return tuple(dict.fromkeys((*by_sender, *by_subject)))

    async def held(self) -> tuple[Ticket, ...]:
        """Those that any agent has taken and not ended, oldest first."""
        return await self._all(
            "SELECT body FROM tickets WHERE state = 'taken' ORDER BY taken_at", ()
        )

    async def taken_since(self, at: datetime) -> tuple[Ticket, ...]:
        """Those that were taken since an instant, ended or not."""
        return await self._all(
            "SELECT body FROM tickets WHERE taken_at >= ? ORDER BY taken_at", (at.timestamp(),)
        )

    async def left_since(self, at: datetime) -> tuple[Ticket, ...]:
        """Those whose customer left since an instant, newest first."""
        return await self._all(
            "SELECT body FROM tickets WHERE state = 'left' AND ended_at >= ? ORDER BY ended_at DESC",
            (at.timestamp(),),
        )

    async def _all(self, query: str, values: tuple[object, ...]) -> tuple[Ticket, ...]:
        return await self._database.read(
            lambda db: tuple(readable("ticket", db.execute(query, values), _ticket))
        )


def _ticket(row: sqlite3.Row) -> Ticket:
    return from_json(Ticket, row["body"])
