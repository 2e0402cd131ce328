"""Receipts that were committed with their turn and are not in the records yet."""

import logging
import sqlite3
from collections.abc import Sequence

from servicebot.adapters.in_sqlite.database import Database
from servicebot.domain.errors import UnreadableError
from servicebot.domain.receipts import Receipt
from servicebot.ports.clock import Clock
from servicebot.telemetry.logs import log_name
from servicebot.turns.sealed_form import SealedForm

_logger = logging.getLogger(__name__)


class SqliteUnrecorded:
    """A short queue between the mailbox and the records.

    What cannot be read or recorded stands in the table `unreadable` of the same file, whole and
    with the reason, and stops nobody.
    """

    def __init__(self, database: Database, form: SealedForm, clock: Clock) -> None:
        self._database = database
        self._form = form
        self._clock = clock

    async def unrecorded(self, count: int) -> Sequence[Receipt]:
        """The oldest `count` of them; those that cannot be read are set aside on the way."""

        def work(db: sqlite3.Connection) -> list[sqlite3.Row]:
            return db.execute(
                "SELECT turn_id, CAST(body AS BLOB) AS body FROM unrecorded ORDER BY rowid LIMIT ?",
                (count,),
            ).fetchall()

        while True:
            rows = await self._database.read(work)
            receipts, faults = _read(self._form, rows)
            for turn_id, why in faults:
                await self.set_aside(turn_id, why)
            if not faults:
                return receipts

    async def recorded(self, turn_ids: Sequence[str]) -> None:
        """Forgets those that are in the records now."""

        def work(db: sqlite3.Connection) -> None:
            db.executemany(
                "DELETE FROM unrecorded WHERE turn_id = ?", [(turn_id,) for turn_id in turn_ids]
            )

        await self._database.write(work)

    async def set_aside(self, turn_id: str, why: str) -> None:
        """Moves one to the table `unreadable`; a second time changes nothing."""
        at = self._clock.now().timestamp()

        def work(db: sqlite3.Connection) -> bool:
            moved = db.execute(
                "INSERT INTO unreadable (kind, id, at, why, body)"
                " SELECT 'receipt', turn_id, ?, ?, body FROM unrecorded WHERE turn_id = ?",
                (at, why, turn_id),
            )
            db.execute("DELETE FROM unrecorded WHERE turn_id = ?", (turn_id,))
            return moved.rowcount > 0

        if await self._database.write(work):
            conversation, _, turn = turn_id.rpartition("#")
            told = {"conversation": log_name(conversation), "turn": turn, "why": why}
            _logger.error("unreadable_receipt", extra=told)

    async def count_aside(self) -> int:
        """How many were ever set aside."""
        query = "SELECT count(*) FROM unreadable WHERE kind = 'receipt'"
        return int(await self._database.read(lambda db: db.execute(query).fetchone()[0]))


def _read(
    form: SealedForm, rows: Sequence[sqlite3.Row]
) -> tuple[list[Receipt], list[tuple[str, str]]]:
    receipts, faults = [], []
    for row in rows:
        try:
            receipts.append(form.read(Receipt, row["body"], row["turn_id"]))
        except UnreadableError as error:
            faults.append((row["turn_id"], str(error)))
    return receipts, faults
