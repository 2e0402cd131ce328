"""The outbox on SQLite: order per conversation, one winner between response and push."""

import json
import logging
import sqlite3
from collections.abc import Sequence

from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.lines import read_answers
from servicebot.domain.messages import InboundMessage, OutboundMessage
from servicebot.ports.clock import Clock
from servicebot.ports.outbox import Delivery, Fate, Pushed
from servicebot.turns.sealed_form import SealedForm

_logger = logging.getLogger(__name__)


class SqliteOutbox:
    """What was committed and still has to reach the customer."""

    def __init__(self, database: Database, form: SealedForm, clock: Clock) -> None:
        self._database = database
        self._form = form
        self._clock = clock

    async def claim_delivery(self, lease_s: float) -> Delivery | None:
        """Takes the oldest message that is due and first in its conversation."""
        now = self._clock.monotonic_s()

        def work(db: sqlite3.Connection) -> Delivery | None:
            due = db.execute(
                "SELECT id FROM outbox AS one WHERE state = 'waiting' AND next_at <= ?"
                " AND lease_until <= ? AND NOT EXISTS (SELECT 1 FROM outbox AS before"
                " WHERE before.conversation = one.conversation AND before.id < one.id"
                " AND before.state = 'waiting') ORDER BY id LIMIT 1",
                (now, now),
            ).fetchone()
            if due is None:
                return None
            row = db.execute(
                "UPDATE outbox SET token = token + 1, lease_until = ? WHERE id = ? RETURNING *",
                (now + lease_s, due["id"]),
            ).fetchone()
            try:
                return _delivery(self._form, row)
            except ValueError as error:  # it would stop every other conversation too
                dead = "UPDATE outbox SET state = 'dead', why = ? WHERE id = ?"
                db.execute(dead, (f"unreadable: {error}", row["id"]))
                _logger.error("unreadable", extra={"what": "delivery", "why": str(error)})  # noqa: TRY400
                return None

        return await self._database.write(work)

    async def delivered(self, delivery: Delivery) -> None:
        """Marks it sent."""
        await self._end(delivery, Fate.SENT, None)

    async def undeliverable(self, delivery: Delivery, why: str, fate: Fate = Fate.DEAD) -> None:
        """Gives it up and keeps it with the reason."""
        await self._end(delivery, fate, why)

    async def pushed(
        self, conversation_id: str, channel: str, reply_to: Sequence[str]
    ) -> tuple[Pushed, ...]:
        """How far the answers to some messages are."""
        query = (
            "SELECT reply_to, rank, state FROM outbox WHERE channel = ? AND conversation = ?"
            " AND reply_to IN (SELECT value FROM json_each(?)) ORDER BY id"
        )
        whose = (channel, conversation_id, json.dumps(list(reply_to)))

        def work(db: sqlite3.Connection) -> tuple[Pushed, ...]:
            return tuple(
                Pushed(reply_to=row["reply_to"], rank=row["rank"], fate=Fate(row["state"]))
                for row in db.execute(query, whose)
            )

        return await self._database.read(work)

    async def postpone(self, delivery: Delivery, wait_s: float) -> None:
        """Tries it again later."""
        at = self._clock.monotonic_s() + wait_s

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE outbox SET next_at = ?, lease_until = 0, tries = tries + 1"
                " WHERE id = ? AND token = ? AND state = 'waiting'",
                (at, delivery.id, delivery.token),
            )

        await self._database.write(work)

    async def take_replies(
        self, message: InboundMessage, lease_s: float
    ) -> tuple[Delivery, ...] | None:
        """Takes the answers to one message that nobody is pushing."""
        now = self._clock.monotonic_s()

        def work(db: sqlite3.Connection) -> tuple[Delivery, ...] | None:
            if read_answers(db, self._form, message) is None:
                return None
            rows = db.execute(
                "UPDATE outbox SET token = token + 1, lease_until = ?"
                " WHERE channel = ? AND reply_to = ? AND state = 'waiting' AND lease_until <= ?"
                " RETURNING *",
                (now + lease_s, message.channel, message.message_id, now),
            ).fetchall()
            rows.sort(key=lambda row: row["rank"])
            return tuple(_delivery(self._form, row) for row in rows)

        return await self._database.write(work)

    async def give_back_replies(self, deliveries: Sequence[Delivery]) -> None:
        """Puts taken answers back, due at once; no try is counted."""
        now = self._clock.monotonic_s()

        def work(db: sqlite3.Connection) -> None:
            db.executemany(
                "UPDATE outbox SET next_at = min(next_at, ?), lease_until = 0"
                " WHERE id = ? AND token = ? AND state = 'waiting'",
                [(now, delivery.id, delivery.token) for delivery in deliveries],
            )

        await self._database.write(work)

    async def _end(self, delivery: Delivery, fate: Fate, why: str | None) -> None:
        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE outbox SET state = ?, why = ?, lease_until = 0"
                " WHERE id = ? AND token = ? AND state = 'waiting'",
                (fate.value, why, delivery.id, delivery.token),
            )

        await self._database.write(work)


def _delivery(form: SealedForm, row: sqlite3.Row) -> Delivery:
    return Delivery(
        id=row["id"],
        token=row["token"],
        conversation_id=row["conversation"],
        channel=row["channel"],
        recipient=row["recipient"],
        reply_to=row["reply_to"],
        reply_to_rank=row["rank"],
        message=form.read(OutboundMessage, row["body"], row["conversation"]),
        tries=row["tries"],
    )
