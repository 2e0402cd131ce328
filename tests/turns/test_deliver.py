"""Senders: in order, again after a fault, and never all dead because of one message."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.sealing import FORM, SEAL

from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.in_sqlite.outbox import SqliteOutbox
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.loops import running
from servicebot.domain.errors import RejectedError, UnavailableError
from servicebot.domain.messages import Author, OutboundMessage
from servicebot.ports.outbox import Delivery
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.bell import Bell
from servicebot.turns.deliver import Senders


class Platform:
    """A messenger that fails as it is told, then takes what it gets."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.taken: list[str] = []

    async def send(self, delivery: Delivery) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.taken.append(delivery.message.text)

    async def until(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.taken) < count:
                await asyncio.sleep(0.01)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = open_sqlite_ledger(tmp_path / "m.db", SystemClock(), SEAL).database
    yield made
    made.close()


async def put(database: Database, conversation: str, *texts: str) -> None:
    def insert(db: sqlite3.Connection) -> None:
        for rank, text in enumerate(texts):
            said = OutboundMessage(name="x", author=Author.BOT, text=text)
            body = FORM.write(said, conversation)
            db.execute(
                "INSERT INTO outbox"
                " (conversation, channel, recipient, reply_to, rank, body, next_at)"
                " VALUES (?, 'chat', 'c', 'm', ?, ?, 0)",
                (conversation, rank, body),
            )

    await database.write(insert)


def senders(database: Database, platform: Platform) -> Senders:
    outbox = SqliteOutbox(database, FORM, SystemClock())
    return Senders(outbox, {"chat": platform}, Bell(), Metrics())


async def test_a_conversation_is_sent_in_order(database: Database) -> None:
    await put(database, "a", "1", "2", "3")
    platform = Platform()
    async with running(senders(database, platform), 3):
        await platform.until(3)
    assert platform.taken == ["1", "2", "3"]


async def test_what_fails_is_sent_again_before_what_stands_behind_it(database: Database) -> None:
    await put(database, "a", "1", "2")
    platform = Platform(UnavailableError("busy", retry_after_s=0.05))
    async with running(senders(database, platform), 2):
        await platform.until(2)
    assert platform.taken == ["1", "2"]


async def test_what_the_platform_refuses_does_not_hold_up_the_rest(database: Database) -> None:
    await put(database, "a", "1", "2")
    platform = Platform(RejectedError("quota"))
    async with running(senders(database, platform), 1):
        await platform.until(1)
    assert platform.taken == ["2"]


async def test_a_fault_of_the_program_does_not_end_the_senders(database: Database) -> None:
    await put(database, "a", "1")
    await put(database, "b", "2")
    platform = Platform(ValueError("a fault of the program"))
    async with running(senders(database, platform), 2):
        await platform.until(1)
    assert platform.taken == ["2"]
