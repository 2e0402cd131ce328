"""The money journal on SQLite, in the same file as the mailbox."""

import sqlite3
from dataclasses import replace
from typing import Final

from servicebot.adapters.in_sqlite.database import Database
from servicebot.domain.money import MoneyMove, MoveState
from servicebot.turns.stored_form import from_json, to_json

_OPEN: Final = (MoveState.INTENT, MoveState.UNKNOWN)


class SqliteMoneyJournal:
    """One line per idempotency key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, move: MoneyMove) -> MoneyMove:
        """Writes the intent, or returns the line that stands."""

        def work(db: sqlite3.Connection) -> MoneyMove:
            db.execute(
                "INSERT OR IGNORE INTO moves VALUES (?, ?, ?, ?)",
                (move.key, move.state.value, move.begun_at.timestamp(), to_json(move)),
            )
            query = "SELECT state, body FROM moves WHERE key = ?"
            return _move(db.execute(query, (move.key,)).fetchone())

        return await self._database.write(work)

    async def settle(self, key: str, state: MoveState) -> None:
        """Writes how it stands."""

        def work(db: sqlite3.Connection) -> None:
            db.execute("UPDATE moves SET state = ? WHERE key = ?", (state.value, key))

        await self._database.write(work)

    async def unresolved(self) -> tuple[MoneyMove, ...]:
        """Lines whose end is not known, oldest first."""

        def work(db: sqlite3.Connection) -> tuple[MoneyMove, ...]:
            rows = db.execute(
                "SELECT state, body FROM moves WHERE state IN (?, ?) ORDER BY begun_at",
                tuple(state.value for state in _OPEN),
            )
            return tuple(_move(row) for row in rows)

        return await self._database.read(work)


def _move(row: sqlite3.Row) -> MoneyMove:
    return replace(from_json(MoneyMove, row["body"]), state=MoveState(row["state"]))
