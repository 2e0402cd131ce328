"""Opens the stores: the embedded mailbox file and the records."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.in_sql.tickets import SqlTickets
from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.lines import SqliteTimeline
from servicebot.adapters.in_sqlite.mailbox import SqliteMailbox
from servicebot.adapters.in_sqlite.money_journal import SqliteMoneyJournal
from servicebot.adapters.in_sqlite.outbox import SqliteOutbox
from servicebot.adapters.in_sqlite.schema import SCHEMA
from servicebot.adapters.in_sqlite.send_quota import SqliteSendQuota
from servicebot.adapters.in_sqlite.unrecorded import SqliteUnrecorded
from servicebot.ports.clock import Clock
from servicebot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Every store, open."""

    database: Database
    mailbox: SqliteMailbox
    outbox: SqliteOutbox
    timeline: SqliteTimeline
    journal: SqliteMoneyJournal
    unrecorded: SqliteUnrecorded
    quota: SqliteSendQuota
    records: SqlRecords
    tickets: SqlTickets


@asynccontextmanager
async def open_stores(settings: Settings, clock: Clock) -> AsyncIterator[Stores]:
    """Opens all stores and closes them again.

    Raises:
        UnavailableError: A file or a database cannot be opened.
    """
    database = await asyncio.to_thread(Database, settings.store.dir / "mailbox.db", SCHEMA)
    try:
        async with open_sql(settings) as sql:
            yield Stores(
                database=database,
                mailbox=SqliteMailbox(database, clock),
                outbox=SqliteOutbox(database, clock),
                timeline=SqliteTimeline(database),
                journal=SqliteMoneyJournal(database),
                unrecorded=SqliteUnrecorded(database),
                quota=SqliteSendQuota(database, clock),
                records=SqlRecords(sql),
                tickets=SqlTickets(sql, clock),
            )
    finally:
        await asyncio.to_thread(database.close)


@asynccontextmanager
async def open_sql(settings: Settings) -> AsyncIterator[SqlEngine]:
    """Opens the records: the configured database, or a file beside the mailbox."""
    url = settings.records_url
    if not url:
        settings.store.dir.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{(settings.store.dir / 'records.db').resolve()}"
    sql = await asyncio.to_thread(SqlEngine, url)
    try:
        yield sql
    finally:
        await asyncio.to_thread(sql.close)
