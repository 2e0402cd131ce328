"""Opens the stores: the ledger, the records, and what processes share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_redis.bell import open_redis_bell
from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.adapters.in_redis.shared import RedisShared
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.sealing.aes_gcm import AesGcmSeal
from servicebot.adapters.sealing.master_keys import MasterKeys
from servicebot.app.seal import open_keys
from servicebot.ports.clock import Clock
from servicebot.ports.ledger import Ledger
from servicebot.ports.seal import Seal
from servicebot.ports.shared import Shared
from servicebot.settings import RedisStore, Settings
from servicebot.turns.bell import Bell


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Every store, open.

    Attributes:
        ledger: What commits together.
        shared: What all processes see besides it.
        bell: Wakes whoever waits for something in it.
        records: Receipts, for years.
        keys: What all of it is sealed with.
    """

    ledger: Ledger
    shared: Shared
    bell: Bell
    records: SqlRecords
    keys: MasterKeys


@asynccontextmanager
async def open_stores(settings: Settings, clock: Clock) -> AsyncIterator[Stores]:
    """Opens all stores and closes them again.

    Raises:
        UnavailableError: A file, a server or a database cannot be opened.
    """
    keys = await asyncio.to_thread(open_keys, settings.store, clock)
    seal = AesGcmSeal(keys)
    opened = (
        _in_sqlite(settings, seal, clock)
        if settings.redis is None
        else _in_redis(settings.redis, seal)
    )
    async with opened as (ledger, shared, bell), open_sql(settings) as sql:
        yield Stores(ledger=ledger, shared=shared, bell=bell, records=SqlRecords(sql), keys=keys)


@asynccontextmanager
async def _in_sqlite(
    settings: Settings, seal: Seal, clock: Clock
) -> AsyncIterator[tuple[Ledger, Shared, Bell]]:
    path = settings.store.dir / "mailbox.db"
    ledger = await asyncio.to_thread(open_sqlite_ledger, path, clock, seal)
    try:
        yield ledger, InProcessShared(clock), Bell()
    finally:
        await asyncio.to_thread(ledger.close)


@asynccontextmanager
async def _in_redis(store: RedisStore, seal: Seal) -> AsyncIterator[tuple[Ledger, Shared, Bell]]:
    async with (
        open_redis_ledger(store, seal) as ledger,
        open_redis_bell(ledger.redis, store.name) as bell,
    ):
        yield ledger, RedisShared(ledger.redis, store.name), bell


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
