"""The money journal on SQLite, in the same file as the mailbox."""

import sqlite3
from dataclasses import replace

from servicebot.adapters.in_sqlite.database import Database
from servicebot.domain.bank_results import Refused, Repayment
from servicebot.domain.money import OPEN, MoneyMove, MoveState
from servicebot.turns.readable import readable
from servicebot.turns.sealed_form import SealedForm


class SqliteMoneyJournal:
    """One line per idempotency key."""

    def __init__(self, database: Database, form: SealedForm) -> None:
        self._database = database
        self._form = form

    async def begin(self, move: MoneyMove) -> MoneyMove:
        """Writes the line, or returns the line that stands."""
        body = self._form.write(move, move.key)

        def work(db: sqlite3.Connection) -> MoneyMove:
            db.execute(
                "INSERT OR IGNORE INTO moves VALUES (?, ?, ?, ?)",
                (move.key, move.state.value, move.begun_at.timestamp(), body),
            )
            return self._line(db, move.key) or move

        return await self._database.write(work)

    async def find(self, key: str) -> MoneyMove | None:
        """The line of a key."""
        return await self._database.read(lambda db: self._line(db, key))

    async def intend(self, key: str) -> bool:
        """Writes that the call is going to be sent, if no other move of the loan is open."""

        def work(db: sqlite3.Connection) -> bool:
            line = self._line(db, key)
            if line is None or line.state in OPEN:
                return True
            if any(other.loan_id == line.loan_id for other in self._open(db)):
                return False
            update = "UPDATE moves SET state = ? WHERE key = ?"
            db.execute(update, (MoveState.INTENT.value, key))
            return True

        return await self._database.write(work)

    async def settle(
        self, key: str, state: MoveState, answer: Repayment | Refused | None = None
    ) -> None:
        """Writes how it stands; an end that has its answer stays."""

        def work(db: sqlite3.Connection) -> None:
            line = self._line(db, key)
            if line is not None and line.answer is None:
                body = self._form.write(replace(line, state=state, answer=answer), key)
                update = "UPDATE moves SET state = ?, body = ? WHERE key = ?"
                db.execute(update, (state.value, body, key))

        await self._database.write(work)

    async def unresolved(self) -> tuple[MoneyMove, ...]:
        """Lines whose end is not known, oldest first."""
        return await self._database.read(self._open)

    async def forget(self, conversation_id: str) -> int:
        """Deletes the lines of a conversation that are not open."""

        def work(db: sqlite3.Connection) -> int:
            rows = db.execute("SELECT key, state, body FROM moves").fetchall()
            gone = [
                (move.key,)
                for move in readable("money move", rows, self._move)
                if move.conversation_id == conversation_id and move.state not in OPEN
            ]
            return db.executemany("DELETE FROM moves WHERE key = ?", gone).rowcount if gone else 0

        return await self._database.write(work)

    def _open(self, db: sqlite3.Connection) -> tuple[MoneyMove, ...]:
        rows = db.execute(
            "SELECT key, state, body FROM moves WHERE state IN (?, ?, ?) ORDER BY begun_at",
            tuple(state.value for state in OPEN),
        )
        return tuple(readable("money move", rows, self._move))

    def _line(self, db: sqlite3.Connection, key: str) -> MoneyMove | None:
        row = db.execute("SELECT key, state, body FROM moves WHERE key = ?", (key,)).fetchone()
        return self._move(row) if row is not None else None

    def _move(self, row: sqlite3.Row) -> MoneyMove:
        move = self._form.read(MoneyMove, row["body"], row["key"])
        return replace(move, state=MoveState(row["state"]))
