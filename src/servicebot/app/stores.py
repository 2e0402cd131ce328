"""Opens the stores: the ledger, the records, and what processes share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from servicebot.adapters.in_process.buckets import InProcessBuckets
from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_redis.bell import open_redis_bell
from servicebot.adapters.in_redis.buckets import RedisBuckets
from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.adapters.in_redis.shared import RedisShared
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.keyring import SqlKeyring
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.sealing.aes_gcm import AesGcmSeal
from servicebot.adapters.sealing.master_keys import MasterKeys
from servicebot.app.loops import repeating
from servicebot.app.seal import open_keys
from servicebot.ports.buckets import Buckets
from servicebot.ports.clock import Clock
from servicebot.ports.ledger import Ledger
from servicebot.ports.seal import Seal
from servicebot.ports.shared import Shared
from servicebot.settings import RedisStore, Settings
from servicebot.turns.bell import Bell

REFRESH_KEYS_S: Final = 30.0  # a new key must be known everywhere before it seals
Opened = tuple[Ledger, Shared, Buckets, Bell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Every store, open.

    Attributes:
        ledger: What commits together.
        shared: What all processes see besides it.
        buckets: How often somebody has done something, in all processes.
        bell: Wakes whoever waits for something in it.
        records: Receipts, for years.
        keyring: The keys of the records.
        keys: What all of it is sealed with.
    """

    ledger: Ledger
    shared: Shared
    buckets: Buckets
    bell: Bell
    records: SqlRecords
    keyring: SqlKeyring
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
    async with (
        opened as (ledger, shared, buckets, bell),
        open_records(settings, seal) as (records, keyring),
        repeating(REFRESH_KEYS_S, partial(asyncio.to_thread, keys.refresh), name="keys"),
    ):
        yield Stores(
            ledger=ledger,
            shared=shared,
            buckets=buckets,
            bell=bell,
            records=records,
            keyring=keyring,
            keys=keys,
        )


@asynccontextmanager
async def _in_sqlite(settings: Settings, seal: Seal, clock: Clock) -> AsyncIterator[Opened]:
    path = settings.store.dir / "mailbox.db"
    ledger = await asyncio.to_thread(open_sqlite_ledger, path, clock, seal)
    try:
        yield ledger, InProcessShared(clock), InProcessBuckets(clock), Bell()
    finally:
        await asyncio.to_thread(ledger.close)


@asynccontextmanager
async def _in_redis(store: RedisStore, seal: Seal) -> AsyncIterator[Opened]:
    async with (
        open_redis_ledger(store, seal) as ledger,
        open_redis_bell(ledger.redis, store.name) as bell,
    ):
        buckets = RedisBuckets(ledger.scripts, ledger.partitions)
        yield ledger, RedisShared(ledger.redis, store.name), buckets, bell


@asynccontextmanager
async def open_records(
    settings: Settings, seal: Seal
) -> AsyncIterator[tuple[SqlRecords, SqlKeyring]]:
    """Opens the records and their keys.

    The records stand in the configured database, or in a file beside the mailbox; the keys in a
    database or a file of their own, so that a backup of the records does not hold them, else
    beside the records.

    Raises:
        UnavailableError: A database cannot be opened.
    """
    async with (
        _sql(settings, settings.records_url, "records.db") as sql,
        _sql(settings, settings.record_keys_url or settings.records_url, "keys.db") as keys,
    ):
        keyring = SqlKeyring(keys, seal)
        yield SqlRecords(sql, keyring), keyring


@asynccontextmanager
async def _sql(settings: Settings, url: str, file: str) -> AsyncIterator[SqlEngine]:
    if not url:
        settings.store.dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        url = f"sqlite:///{(settings.store.dir / file).resolve()}"
    sql = await asyncio.to_thread(SqlEngine, url)
    try:
        yield sql
    finally:
        await asyncio.to_thread(sql.close)
