"""Receipts that were committed with their turn and are not in the records yet."""

import sqlite3
from collections.abc import Sequence

from servicebot.adapters.in_sqlite.database import Database
from servicebot.domain.receipts import Receipt
from servicebot.turns.stored_form import from_json


class SqliteUnrecorded:
    """A short queue between the mailbox and the records."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unrecorded(self, count: int) -> Sequence[Receipt]:
        """The oldest `count` of them."""

        def work(db: sqlite3.Connection) -> list[Receipt]:
            rows = db.execute("SELECT body FROM unrecorded ORDER BY rowid LIMIT ?", (count,))
            return [from_json(Receipt, row["body"]) for row in rows]

        return await self._database.read(work)

    async def recorded(self, turn_ids: Sequence[str]) -> None:
        """Forgets those that are in the records now."""

        def work(db: sqlite3.Connection) -> None:
            db.executemany(
                "DELETE FROM unrecorded WHERE turn_id = ?", [(turn_id,) for turn_id in turn_ids]
            )

        await self._database.write(work)
