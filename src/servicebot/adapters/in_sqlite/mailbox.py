"""The mailbox on SQLite. The semantics are those of the contract suite in tests/contracts."""

import sqlite3
from dataclasses import replace

from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.lines import add_line
from servicebot.adapters.in_sqlite.put_aside import put_aside
from servicebot.adapters.in_sqlite.tickets import open_tickets, put_ticket
from servicebot.domain.conversation import Conversation
from servicebot.domain.errors import StaleClaimError, UnreadableError
from servicebot.domain.messages import InboundMessage
from servicebot.ports.clock import Clock
from servicebot.ports.mailbox import (
    MOST_WAITING,
    UNREADABLE_TRIES,
    Accepted,
    Claim,
    Load,
    TurnResult,
)
from servicebot.turns.begin_anew import begin_anew
from servicebot.turns.customer_line import customer_line
from servicebot.turns.sealed_form import SealedForm


class SqliteMailbox:
    """Messages wait here, per conversation and in order."""

    def __init__(self, database: Database, form: SealedForm, clock: Clock) -> None:
        self._database = database
        self._form = form
        self._clock = clock

    async def accept(self, message: InboundMessage) -> Accepted:
        """Dedupes, stores the message and its line, and marks the conversation ready."""
        at = self._clock.now()
        now, now_s = at.timestamp(), self._clock.monotonic_s()
        conversation = message.conversation_id
        body = self._form.write(replace(message, received_at=at), conversation)
        line = customer_line(message)
        told = (line.author, self._form.write(line, conversation)) if line is not None else None

        def work(db: sqlite3.Connection) -> Accepted:
            seen = db.execute(
                "INSERT OR IGNORE INTO seen VALUES (?, ?, ?)",
                (message.channel, message.message_id, now),
            )
            if not seen.rowcount:
                return Accepted.DUPLICATE
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
                (now_s, conversation),
            )
            db.execute("INSERT INTO inbox (conversation, body) VALUES (?, ?)", (conversation, body))
            if told is not None:
                add_line(db, conversation, now, message.message_id, told)
            return Accepted.NEW

        return await self._database.write(work)

    async def claim(self, lease_s: float) -> Claim | None:
        """Takes the ready conversation that has waited longest.

        A state that cannot be read is put aside and the conversation goes on with a person; a
        message that cannot be read is put aside, and the next one is taken.
        """
        now_s, at = self._clock.monotonic_s(), self._clock.now()

        def work(db: sqlite3.Connection) -> Claim | None:
            row = db.execute(
                # A lease that ran out is a try: a message may kill its worker each time.
                "SELECT id, state, token, tries + (lease_until > 0) AS tries FROM conversations"
                " WHERE ready_at <= ? AND lease_until <= ? ORDER BY ready_at LIMIT 1",
                (now_s, now_s),
            ).fetchone()
            if row is None:
                return None
            db.execute(
                "UPDATE conversations SET token = token + 1, lease_until = ?, tries = ? WHERE id = ?",
                (now_s + lease_s, row["tries"], row["id"]),
            )
            head = db.execute(
                "SELECT position, body FROM inbox WHERE conversation = ? ORDER BY position LIMIT 1",
                (row["id"],),
            ).fetchone()
            try:
                message = self._form.read(InboundMessage, head["body"], row["id"])
            except UnreadableError as error:
                put_aside(db, "message", row["id"], at.timestamp(), error, head["body"])
                db.execute("DELETE FROM inbox WHERE position = ?", (head["position"],))
                _release(db, row["id"], now_s, row["state"])
                return None
            claim = Claim(
                conversation_id=row["id"],
                token=row["token"] + 1,
                position=head["position"],
                message=message,
                state=None,
                tries=row["tries"],
                at=at,
            )
            return self._with_state(db, claim, row["state"])

        return await self._database.write(work)

    async def renew(self, claim: Claim, lease_s: float) -> bool:
        """Lengthens the lease while the token is the newest and nothing gave the lease back.

        A heartbeat that arrives just after the commit must not lock the conversation again.
        """
        until = self._clock.monotonic_s() + lease_s

        def work(db: sqlite3.Connection) -> bool:
            changed = db.execute(
                "UPDATE conversations SET lease_until = ?"
                " WHERE id = ? AND token = ? AND lease_until > 0",
                (until, claim.conversation_id, claim.token),
            )
            return changed.rowcount == 1

        return await self._database.write(work)

    async def commit(self, claim: Claim, result: TurnResult) -> None:
        """Pops the message, stores state, lines, outbox rows, tickets and receipt, frees the lease."""
        at, now_s = self._clock.now(), self._clock.monotonic_s()
        form, place, turn_id = self._form, claim.conversation_id, result.receipt.turn_id
        state, receipt = form.write(result.conversation, place), form.write(result.receipt, turn_id)
        answers = form.write(result.replies, claim.message.key)
        bodies = [form.write(reply, place) for reply in result.replies]
        authors = (reply.author for reply in result.replies)
        lines = list(zip(authors, bodies, strict=True))

        def work(db: sqlite3.Connection) -> None:
            _check(db, claim)
            db.execute("DELETE FROM inbox WHERE position = ?", (claim.position,))
            _release(db, claim.conversation_id, now_s, state)
            message = claim.message
            for line in lines:
                add_line(db, place, at.timestamp(), message.message_id, line)
            if result.push_at is not None:
                due_s = now_s + max((result.push_at - at).total_seconds(), 0.0)
                _push(db, claim, result, bodies, (due_s, at.timestamp()))
            for ticket in result.tickets:
                put_ticket(db, form, ticket)
            db.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)",
                (message.channel, message.message_id, at.timestamp(), answers),
            )
            db.execute("INSERT OR REPLACE INTO unrecorded VALUES (?, ?)", (turn_id, receipt))

        await self._database.write(work)

    async def fail(self, claim: Claim, wait_s: float) -> None:
        """Gives the message back; a lost lease is left to whoever has it now."""
        ready = self._clock.monotonic_s() + wait_s

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE conversations SET lease_until = 0, ready_at = ?, tries = tries + 1"
                " WHERE id = ? AND token = ? AND lease_until > 0",
                (ready, claim.conversation_id, claim.token),
            )

        await self._database.write(work)

    async def load(self) -> Load:
        """How much waits and was done; positions rise by one with each message that is taken."""

        def work(db: sqlite3.Connection) -> Load:
            waiting = db.execute("SELECT count(*) FROM inbox").fetchone()[0]
            taken = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'inbox'").fetchone()
            return Load(waiting=waiting, handled=(taken[0] if taken else 0) - waiting)

        return await self._database.read(work)

    def _with_state(self, db: sqlite3.Connection, claim: Claim, state: bytes | None) -> Claim:
        """The claim with its conversation; one that cannot be read begins anew, with a person."""
        if state is None:
            return claim
        try:
            found = self._form.read(Conversation, state, claim.conversation_id)
            return replace(claim, state=found)
        except UnreadableError as error:
            at = claim.at.timestamp()
            put_aside(db, "conversation", claim.conversation_id, at, error, state)
        # Tokens have risen at least as fast as turns.
        anew = begin_anew(claim.message, claim.token, open_tickets(db, self._form))
        return replace(claim, state=anew, tries=UNREADABLE_TRIES)


def _push(
    db: sqlite3.Connection,
    claim: Claim,
    result: TurnResult,
    bodies: list[bytes],
    due_and_now: tuple[float, float],
) -> None:
    to = (claim.conversation_id, result.conversation.channel, result.conversation.sender)
    db.executemany(
        "INSERT INTO outbox (conversation, channel, recipient, reply_to, rank, body, next_at, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (*to, claim.message.message_id, rank, body, *due_and_now)
            for rank, body in enumerate(bodies)
        ],
    )


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
