"""The lines of conversations on SQLite: written with every accept and commit, read by the pages."""

import sqlite3
from datetime import UTC, datetime

from servicebot.adapters.in_sqlite.database import Database
from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import Author, InboundMessage, OutboundMessage, TimelineLine
from servicebot.turns.sealed_form import SealedForm

Line = tuple[Author, bytes]  # who said it, and the message as stored


def add_line(
    db: sqlite3.Connection, conversation: str, at: float, message_id: str, line: Line
) -> None:
    """Appends a line inside the caller's transaction."""
    author, body = line
    seq = db.execute(
        "UPDATE conversations SET last_seq = last_seq + 1 WHERE id = ? RETURNING last_seq",
        (conversation,),
    ).fetchone()[0]
    db.execute(
        "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)",
        (conversation, seq, author.value, at, message_id, body),
    )


class SqliteTimeline:
    """Reads lines, answers and states as last committed."""

    def __init__(self, database: Database, form: SealedForm) -> None:
        self._database = database
        self._form = form

    async def lines(self, conversation_id: str, after: int) -> tuple[TimelineLine, ...]:
        """The lines above `after`, oldest first, at most 500."""

        def work(db: sqlite3.Connection) -> tuple[TimelineLine, ...]:
            rows = db.execute(
                "SELECT seq, author, at, message_id, body FROM lines"
                " WHERE conversation = ? AND seq > ? ORDER BY seq LIMIT 500",
                (conversation_id, after),
            )
            return tuple(_line(self._form, conversation_id, row) for row in rows)

        return await self._database.read(work)

    async def answers(self, message: InboundMessage) -> tuple[OutboundMessage, ...] | None:
        """The answers to one message, or None while its turn is not done."""

        def work(db: sqlite3.Connection) -> tuple[OutboundMessage, ...] | None:
            return read_answers(db, self._form, message)

        return await self._database.read(work)

    async def conversation(self, conversation_id: str) -> Conversation | None:
        """The state as last committed."""

        def work(db: sqlite3.Connection) -> Conversation | None:
            query = "SELECT state FROM conversations WHERE id = ?"
            row = db.execute(query, (conversation_id,)).fetchone()
            if row is None or not row["state"]:
                return None
            return self._form.read(Conversation, row["state"], conversation_id)

        return await self._database.read(work)


def read_answers(
    db: sqlite3.Connection, form: SealedForm, message: InboundMessage
) -> tuple[OutboundMessage, ...] | None:
    """The answers to one message, inside the caller's transaction."""
    query = "SELECT bodies FROM answers WHERE channel = ? AND message_id = ?"
    row = db.execute(query, (message.channel, message.message_id)).fetchone()
    if row is None:
        return None
    return form.read(tuple[OutboundMessage, ...], row["bodies"], message.key)


def _words(form: SealedForm, conversation: str, row: sqlite3.Row) -> OutboundMessage:
    """The words; where they cannot be read an empty line keeps their place."""
    try:
        return form.read(OutboundMessage, row["body"], conversation)
    except ValueError:
        return OutboundMessage(name="unreadable", author=Author(row["author"]), text="")


def _line(form: SealedForm, conversation: str, row: sqlite3.Row) -> TimelineLine:
    return TimelineLine(
        seq=row["seq"],
        author=Author(row["author"]),
        at=datetime.fromtimestamp(row["at"], UTC),
        message_id=row["message_id"],
        message=_words(form, conversation, row),
    )
