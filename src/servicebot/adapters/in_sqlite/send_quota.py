"""The send quota on SQLite, in the same file as the mailbox."""

import sqlite3
from typing import Final

from servicebot.adapters.in_sqlite.database import Database
from servicebot.ports.clock import Clock
from servicebot.ports.send_quota import Allowance

_OPEN: Final = "channel = ? AND recipient = ? AND expires_at > ? AND left_over > 0"


class SqliteSendQuota:
    """How often each customer may still be sent to."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def opened(self, allowance: Allowance) -> None:
        """Enters an allowance; the act that opened the present one changes nothing."""
        row = (
            allowance.channel,
            allowance.recipient,
            allowance.kind,
            allowance.opened_by,
            allowance.until.timestamp(),
            allowance.sends,
        )

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "INSERT INTO sends (channel, recipient, kind, opened_by, expires_at, left_over)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (channel, recipient, kind) DO UPDATE"
                " SET opened_by = excluded.opened_by, expires_at = excluded.expires_at,"
                " left_over = excluded.left_over WHERE opened_by <> excluded.opened_by",
                row,
            )

        await self._database.write(work)

    async def take(self, channel: str, recipient: str, *, reserve: int) -> str | None:
        """Takes one send, if more than `reserve` are left."""
        whose = (channel, recipient, self._now())

        def work(db: sqlite3.Connection) -> str | None:
            if _left(db, whose) <= reserve:
                return None
            query = f"SELECT kind, opened_by FROM sends WHERE {_OPEN} ORDER BY expires_at LIMIT 1"  # noqa: S608  a constant
            row = db.execute(query, whose).fetchone()
            db.execute(
                "UPDATE sends SET left_over = left_over - 1"
                " WHERE channel = ? AND recipient = ? AND kind = ?",
                (channel, recipient, row["kind"]),
            )
            return str(row["opened_by"])

        return await self._database.write(work)

    async def give_back(self, channel: str, recipient: str, opened_by: str) -> None:
        """Undoes one `take`, unless the allowance was replaced since."""

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE sends SET left_over = left_over + 1"
                " WHERE channel = ? AND recipient = ? AND opened_by = ?",
                (channel, recipient, opened_by),
            )

        await self._database.write(work)

    async def left(self, channel: str, recipient: str) -> int:
        """How many sends are left now."""
        whose = (channel, recipient, self._now())
        return await self._database.read(lambda db: _left(db, whose))

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _left(db: sqlite3.Connection, whose: tuple[str, str, float]) -> int:
    query = f"SELECT coalesce(sum(left_over), 0) FROM sends WHERE {_OPEN}"  # noqa: S608  a constant
    return int(db.execute(query, whose).fetchone()[0])
