"""Opens the stores: the ledger, the records, and what processes share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from servicebot.adapters.in_files.audit_head import HeadFile
from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_redis.bell import open_redis_bell
from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.adapters.in_redis.shared import RedisShared
from servicebot.adapters.in_sql.accounts import SqlAccounts
from servicebot.adapters.in_sql.audit_trail import SqlAuditTrail
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.in_sqlite.shared import SqliteShared
from servicebot.app.owner_only import make_owner_only, owner_only
from servicebot.app.secret_file import audit_key
from servicebot.ports.clock import Clock
from servicebot.ports.ledger import Ledger
from servicebot.ports.shared import Shared
from servicebot.settings import RedisStore, Settings
from servicebot.turns.bell import Bell

_Opened = tuple[Ledger, Shared, Shared, Bell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Every store, open.

    Attributes:
        ledger: What commits together.
        shared: What all processes see besides it; in one process, gone with it.
        lasting: The same, but it outlives a restart: the desk's sessions.
        bell: Wakes whoever waits for something in it.
        records: Receipts and transcripts, for years.
        accounts: Who may sign in at the desk with a password.
        audit: Who looked at what and did what.
        audit_head: Where the end of the trail is kept.
    """

    ledger: Ledger
    shared: Shared
    lasting: Shared
    bell: Bell
    records: SqlRecords
    accounts: SqlAccounts
    audit: SqlAuditTrail
    audit_head: HeadFile


@asynccontextmanager
async def open_stores(settings: Settings, clock: Clock) -> AsyncIterator[Stores]:
    """Opens all stores and closes them again.

    Raises:
        UnavailableError: A file, a server or a database cannot be opened.
    """
    await asyncio.to_thread(owner_only, settings.store.dir)
    opened = _in_sqlite(settings, clock) if settings.redis is None else _in_redis(settings.redis)
    async with opened as (ledger, shared, lasting, bell), open_sql(settings) as sql:
        key = await audit_key(settings, lasting)
        head = HeadFile(settings.desk.audit.head_file or settings.store.dir / "audit.head", key)
        yield Stores(
            ledger=ledger,
            shared=shared,
            lasting=lasting,
            bell=bell,
            records=SqlRecords(sql),
            accounts=SqlAccounts(sql),
            audit=SqlAuditTrail(sql, key, head),
            audit_head=head,
        )


@asynccontextmanager
async def _in_sqlite(settings: Settings, clock: Clock) -> AsyncIterator[_Opened]:
    path = settings.store.dir / "mailbox.db"
    ledger = await asyncio.to_thread(open_sqlite_ledger, path, clock)
    try:
        yield ledger, InProcessShared(clock), SqliteShared(ledger.database, clock), Bell()
    finally:
        await asyncio.to_thread(ledger.close)


@asynccontextmanager
async def _in_redis(store: RedisStore) -> AsyncIterator[_Opened]:
    async with (
        open_redis_ledger(store) as ledger,
        open_redis_bell(ledger.redis, store.name) as bell,
    ):
        shared = RedisShared(ledger.redis, store.name)
        yield ledger, shared, shared, bell


@asynccontextmanager
async def open_sql(settings: Settings) -> AsyncIterator[SqlEngine]:
    """Opens the records: the configured database, or a file beside the mailbox."""
    url = settings.records_url
    if not url:
        await asyncio.to_thread(owner_only, settings.store.dir)
        file = (settings.store.dir / "records.db").resolve()
        make_owner_only(file)
        url = f"sqlite:///{file}"
    sql = await asyncio.to_thread(SqlEngine, url)
    try:
        yield sql
    finally:
        await asyncio.to_thread(sql.close)
