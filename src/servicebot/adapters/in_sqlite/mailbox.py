"""The mailbox on SQLite. The semantics are those of the contract suite in tests/contracts."""

import logging
import sqlite3
from typing import Final

from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.lines import add_line
from servicebot.domain.conversation import Conversation
from servicebot.domain.errors import StaleClaimError
from servicebot.domain.messages import Author, InboundMessage, OutboundMessage, Text, Unreadable
from servicebot.ports.clock import Clock
from servicebot.ports.mailbox import Accepted, Claim, TurnResult
from servicebot.turns.stored_form import from_json, to_json

UNREADABLE_WAIT_S: Final = 60.0
MOST_WAITING: Final = 20  # per conversation; reliability promise F12

_logger = logging.getLogger(__name__)


class SqliteMailbox:
    """Messages wait here, per conversation and in order."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def accept(self, message: InboundMessage) -> Accepted:
        """Dedupes, stores the message and its line, and marks the conversation ready."""
        now = self._now()
        body = to_json(message)
        line = _customer_line(message)

        def work(db: sqlite3.Connection) -> Accepted:
            seen = db.execute(
                "INSERT OR IGNORE INTO seen VALUES (?, ?, ?)",
                (message.channel, message.message_id, now),
            )
            if not seen.rowcount:
                return Accepted.DUPLICATE
            conversation = message.conversation_id
            query = "SELECT count(*) FROM inbox WHERE conversation = ?"
            if db.execute(query, (conversation,)).fetchone()[0] >= MOST_WAITING:
                db.execute(
                    "DELETE FROM seen WHERE channel = ? AND message_id = ?",
                    (message.channel, message.message_id),
                )
                return Accepted.FULL
            db.execute("INSERT OR IGNORE INTO conversations (id) VALUES (?)", (conversation,))
            db.execute(
                "UPDATE conversations SET ready_at = coalesce(ready_at, ?) WHERE id = ?",
                (now, conversation),
            )
            db.execute("INSERT INTO inbox (conversation, body) VALUES (?, ?)", (conversation, body))
            if line is not None:
                add_line(db, conversation, now, message.message_id, line)
            return Accepted.NEW

        return await self._database.write(work)

    async def claim(self, lease_s: float) -> Claim | None:
        """Takes the ready conversation that has waited longest.

        One whose stored form cannot be read (an older edition wrote it) is put aside for a while,
        so that it holds up nobody else.
        """
        now = self._now()

        def work(db: sqlite3.Connection) -> Claim | None:
            row = db.execute(
                "SELECT id, state, token, tries FROM conversations"
                " WHERE ready_at <= ? AND lease_until <= ? ORDER BY ready_at LIMIT 1",
                (now, now),
            ).fetchone()
            if row is None:
                return None
            db.execute(
                "UPDATE conversations SET token = token + 1, lease_until = ? WHERE id = ?",
                (now + lease_s, row["id"]),
            )
            head = db.execute(
                "SELECT position, body FROM inbox WHERE conversation = ? ORDER BY position LIMIT 1",
                (row["id"],),
            ).fetchone()
            try:
                return _claim(row, head)
            except ValueError:
                _logger.exception("unreadable_conversation", extra={"position": head["position"]})
                db.execute(
                    "UPDATE conversations SET ready_at = ? WHERE id = ?",
                    (now + UNREADABLE_WAIT_S, row["id"]),
                )
                return None

        return await self._database.write(work)

    async def renew(self, claim: Claim, lease_s: float) -> bool:
        """Lengthens the lease while the token is the newest and nothing gave the lease back.

        A heartbeat that arrives just after the commit must not lock the conversation again.
        """
        until = self._now() + lease_s

        def work(db: sqlite3.Connection) -> bool:
            changed = db.execute(
                "UPDATE conversations SET lease_until = ?"
                " WHERE id = ? AND token = ? AND lease_until > 0",
                (until, claim.conversation_id, claim.token),
            )
            return changed.rowcount == 1

        return await self._database.write(work)

    async def commit(self, claim: Claim, result: TurnResult) -> None:
        """Pops the message, stores state, lines, outbox rows and the receipt, frees the lease."""
        now = self._now()
        state, receipt = to_json(result.conversation), to_json(result.receipt)
        bodies = [to_json(reply) for reply in result.replies]

        def work(db: sqlite3.Connection) -> None:
            _check(db, claim)
            db.execute("DELETE FROM inbox WHERE position = ?", (claim.position,))
            _release(db, claim.conversation_id, now, state)
            message = claim.message
            for rank, reply in enumerate(result.replies):
                add_line(db, claim.conversation_id, now, message.message_id, reply)
                if result.push_at is not None:
                    db.execute(
                        "INSERT INTO outbox"
                        " (conversation, channel, recipient, reply_to, rank, body, next_at)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (
                            claim.conversation_id,
                            result.conversation.channel,
                            result.conversation.sender,
                            message.message_id,
                            rank,
                            bodies[rank],
                            result.push_at.timestamp(),
                        ),
                    )
            db.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)",
                (message.channel, message.message_id, now, b"[" + b",".join(bodies) + b"]"),
            )
            db.execute(
                "INSERT OR REPLACE INTO unrecorded VALUES (?, ?)",
                (result.receipt.turn_id, receipt),
            )

        await self._database.write(work)

    async def fail(self, claim: Claim, wait_s: float) -> None:
        """Gives the message back; a lost lease is left to whoever has it now."""
        ready = self._now() + wait_s

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE conversations SET lease_until = 0, ready_at = ?, tries = tries + 1"
                " WHERE id = ? AND token = ? AND lease_until > 0",
                (ready, claim.conversation_id, claim.token),
            )

        await self._database.write(work)

    async def depth(self) -> int:
        """How many messages wait."""
        query = "SELECT count(*) FROM inbox"
        return int(await self._database.read(lambda db: db.execute(query).fetchone()[0]))

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _claim(row: sqlite3.Row, head: sqlite3.Row) -> Claim:
    return Claim(
        conversation_id=row["id"],
        token=row["token"] + 1,
        position=head["position"],
        message=from_json(InboundMessage, head["body"]),
        state=from_json(Conversation, row["state"]) if row["state"] else None,
        tries=row["tries"],
    )


def _customer_line(message: InboundMessage) -> OutboundMessage | None:
    match message.content:
        case Text(text=text):
            return OutboundMessage(name="customer", author=Author.CUSTOMER, text=text)
        case Unreadable(what=what):
            return OutboundMessage(name="customer", author=Author.CUSTOMER, text=f"[{what}]")
        case _:
            return None


def _check(db: sqlite3.Connection, claim: Claim) -> None:
    row = db.execute(
        "SELECT token, (SELECT min(position) FROM inbox WHERE conversation = id) AS head"
        " FROM conversations WHERE id = ?",
        (claim.conversation_id,),
    ).fetchone()
    if row is None or row["token"] != claim.token or row["head"] != claim.position:
        raise StaleClaimError(f"The lease of {claim.conversation_id} was lost.")


def _release(db: sqlite3.Connection, conversation: str, now: float, state: bytes) -> None:
    db.execute(
        "UPDATE conversations SET state = ?, lease_until = 0, tries = 0, ready_at ="
        " CASE WHEN EXISTS (SELECT 1 FROM inbox WHERE conversation = id) THEN ? END WHERE id = ?",
        (state, now, conversation),
    )
