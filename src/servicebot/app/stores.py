"""Opens the stores: the ledger, the records, and what processes share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from servicebot.adapters.in_files.audit_head import HeadFile
from servicebot.adapters.in_process.buckets import InProcessBuckets
from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_redis.bell import open_redis_bell
from servicebot.adapters.in_redis.buckets import RedisBuckets
from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.adapters.in_redis.shared import RedisShared
from servicebot.adapters.in_sql.accounts import SqlAccounts
from servicebot.adapters.in_sql.audit_trail import SqlAuditTrail
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.keyring import SqlKeyring
from servicebot.adapters.in_sql.ratings import SqlRatings
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.in_sqlite.shared import SqliteShared
from servicebot.adapters.sealing.aes_gcm import AesGcmSeal
from servicebot.adapters.sealing.master_keys import MasterKeys
from servicebot.app.loops import repeating
from servicebot.app.owner_only import make_owner_only, owner_only
from servicebot.app.seal import open_keys
from servicebot.app.secret_file import audit_key
from servicebot.ports.buckets import Buckets
from servicebot.ports.clock import Clock
from servicebot.ports.ledger import Ledger
from servicebot.ports.seal import Seal
from servicebot.ports.shared import Shared
from servicebot.settings import RedisStore, Settings
from servicebot.turns.bell import Bell

REFRESH_KEYS_S: Final = 30.0  # a new key must be known everywhere before it seals


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """The ledger and what stands beside it, as `Stores` has them."""

    ledger: Ledger
    shared: Shared
    lasting: Shared
    buckets: Buckets
    bell: Bell


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Every store, open.

    Attributes:
        ledger: What commits together.
        shared: What all processes see besides it; in one process, gone with it.
        lasting: The same, but it outlives a restart: the desk's sessions.
        buckets: How often somebody has done something, in all processes.
        bell: Wakes whoever waits for something in it.
        records: Receipts, for years.
        ratings: What was said of answers, out of them.
        keyring: The keys of the records.
        keys: What all of it is sealed with.
        accounts: Who may sign in at the desk with a password.
        audit: Who looked at what and did what.
        audit_head: Where the end of the trail is kept.
        sql: The database of the records, for what else stands there.
    """

    ledger: Ledger
    shared: Shared
    lasting: Shared
    buckets: Buckets
    bell: Bell
    records: SqlRecords
    ratings: SqlRatings
    keyring: SqlKeyring
    keys: MasterKeys
    accounts: SqlAccounts
    audit: SqlAuditTrail
    audit_head: HeadFile
    sql: SqlEngine


@asynccontextmanager
async def open_stores(settings: Settings, clock: Clock) -> AsyncIterator[Stores]:
    """Opens all stores and closes them again.

    Raises:
        UnavailableError: A file, a server or a database cannot be opened.
    """
    await asyncio.to_thread(owner_only, settings.store.dir)
    keys = await asyncio.to_thread(open_keys, settings.store, clock)
    seal = AesGcmSeal(keys)
    opening = (
        _in_sqlite(settings, seal, clock)
        if settings.redis is None
        else _in_redis(settings.redis, seal)
    )
    async with (
        opening as opened,
        open_sql(settings) as sql,
        open_keyring(settings, seal) as keyring,
        repeating(REFRESH_KEYS_S, partial(asyncio.to_thread, keys.refresh), name="keys"),
    ):
        key = await audit_key(settings, opened.lasting)
        head = HeadFile(settings.desk.audit.head_file or settings.store.dir / "audit.head", key)
        yield Stores(
            ledger=opened.ledger,
            shared=opened.shared,
            lasting=opened.lasting,
            buckets=opened.buckets,
            bell=opened.bell,
            records=SqlRecords(sql, keyring),
            ratings=SqlRatings(sql),
            keyring=keyring,
            keys=keys,
            accounts=SqlAccounts(sql, key),
            audit=SqlAuditTrail(sql, key, head),
            audit_head=head,
            sql=sql,
        )


@asynccontextmanager
async def _in_sqlite(settings: Settings, seal: Seal, clock: Clock) -> AsyncIterator[_Opened]:
    path = settings.store.dir / "mailbox.db"
    ledger = await asyncio.to_thread(open_sqlite_ledger, path, clock, seal)
    try:
        yield _Opened(
            ledger=ledger,
            shared=InProcessShared(clock),
            lasting=SqliteShared(ledger.database, clock),
            buckets=InProcessBuckets(clock),
            bell=Bell(),
        )
    finally:
        await asyncio.to_thread(ledger.close)


@asynccontextmanager
async def _in_redis(store: RedisStore, seal: Seal) -> AsyncIterator[_Opened]:
    async with (
        open_redis_ledger(store, seal) as ledger,
        open_redis_bell(ledger.redis, store.name) as bell,
    ):
        shared = RedisShared(ledger.redis, store.name)
        buckets = RedisBuckets(ledger.scripts, ledger.partitions)
        yield _Opened(ledger=ledger, shared=shared, lasting=shared, buckets=buckets, bell=bell)


@asynccontextmanager
async def open_records(settings: Settings, seal: Seal) -> AsyncIterator[SqlRecords]:
    """Opens the records with their keys, for a command that needs nothing else.

    Raises:
        UnavailableError: A database cannot be opened.
    """
    async with open_sql(settings) as sql, open_keyring(settings, seal) as keyring:
        yield SqlRecords(sql, keyring)


def open_sql(settings: Settings) -> AbstractAsyncContextManager[SqlEngine]:
    """Opens the database of the records: the configured one, or a file beside the mailbox.

    Raises:
        UnavailableError: It cannot be opened.
    """
    return _sql(settings, settings.records_url, "records.db")


@asynccontextmanager
async def open_keyring(settings: Settings, seal: Seal) -> AsyncIterator[SqlKeyring]:
    """Opens the keys of the records.

    They stand in a database or a file of their own, so that a backup of the records does not hold
    them; where only the records have a database, beside them.

    Raises:
        UnavailableError: It cannot be opened.
    """
    url = settings.record_keys_url or settings.records_url
    async with _sql(settings, url, "keys.db") as sql:
        yield SqlKeyring(sql, seal)


@asynccontextmanager
async def _sql(settings: Settings, url: str, file: str) -> AsyncIterator[SqlEngine]:
    if not url:
        await asyncio.to_thread(owner_only, settings.store.dir)
        path = (settings.store.dir / file).resolve()
        make_owner_only(path)
        url = f"sqlite:///{path}"
    sql = await asyncio.to_thread(SqlEngine, url)
    try:
        yield sql
    finally:
        await asyncio.to_thread(sql.close)
