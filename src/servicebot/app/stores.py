"""Opens the stores: the ledger, the records, and what processes share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from servicebot.adapters.in_process.buckets import InProcessBuckets
from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_redis.bell import open_redis_bell
from servicebot.adapters.in_redis.buckets import RedisBuckets
from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.adapters.in_redis.shared import RedisShared
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.ports.buckets import Buckets
from servicebot.ports.clock import Clock
from servicebot.ports.ledger import Ledger
from servicebot.ports.shared import Shared
from servicebot.settings import RedisStore, Settings
from servicebot.turns.bell import Bell

Opened = tuple[Ledger, Shared, Buckets, Bell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Every store, open.

    Attributes:
        ledger: What commits together.
        shared: What all processes see besides it.
        buckets: How often somebody has done something, in all processes.
        bell: Wakes whoever waits for something in it.
        records: Receipts and transcripts, for years.
    """

    ledger: Ledger
    shared: Shared
    buckets: Buckets
    bell: Bell
    records: SqlRecords


@asynccontextmanager
async def open_stores(settings: Settings, clock: Clock) -> AsyncIterator[Stores]:
    """Opens all stores and closes them again.

    Raises:
        UnavailableError: A file, a server or a database cannot be opened.
    """
    opened = _in_sqlite(settings, clock) if settings.redis is None else _in_redis(settings.redis)
    async with opened as (ledger, shared, buckets, bell), open_sql(settings) as sql:
        yield Stores(
            ledger=ledger, shared=shared, buckets=buckets, bell=bell, records=SqlRecords(sql)
        )


@asynccontextmanager
async def _in_sqlite(settings: Settings, clock: Clock) -> AsyncIterator[Opened]:
    path = settings.store.dir / "mailbox.db"
    ledger = await asyncio.to_thread(open_sqlite_ledger, path, clock)
    try:
        yield ledger, InProcessShared(clock), InProcessBuckets(clock), Bell()
    finally:
        await asyncio.to_thread(ledger.close)


@asynccontextmanager
async def _in_redis(store: RedisStore) -> AsyncIterator[Opened]:
    async with (
        open_redis_ledger(store) as ledger,
        open_redis_bell(ledger.redis, store.name) as bell,
    ):
        buckets = RedisBuckets(ledger.scripts, ledger.partitions)
        yield ledger, RedisShared(ledger.redis, store.name), buckets, bell


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
