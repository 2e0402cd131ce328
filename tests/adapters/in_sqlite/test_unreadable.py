"""A conversation that an older edition wrote differently holds up nobody else."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.mailbox import SqliteMailbox
from servicebot.adapters.in_sqlite.schema import SCHEMA
from servicebot.adapters.system_clock import SystemClock
from servicebot.domain.messages import InboundMessage, Text


def said(conversation: str) -> InboundMessage:
    return InboundMessage(
        channel="web",
        message_id=conversation,
        conversation_id=conversation,
        sender="c",
        received_at=datetime(2026, 11, 23, tzinfo=UTC),
        content=Text(text="x"),
    )


async def test_an_unreadable_state_is_put_aside(tmp_path: Path) -> None:
    database = Database(tmp_path / "m.db", SCHEMA)
    mailbox = SqliteMailbox(database, SystemClock())
    await mailbox.accept(said("web:old"))
    await mailbox.accept(said("web:new"))

    def spoil(db: sqlite3.Connection) -> None:
        db.execute("UPDATE conversations SET state = '{\"no\": 1}' WHERE id = 'web:old'")

    await database.write(spoil)
    claims = [await mailbox.claim(10) for _ in range(2)]
    assert [claim.conversation_id for claim in claims if claim is not None] == ["web:new"]
    assert await mailbox.depth() == 2
    database.close()
