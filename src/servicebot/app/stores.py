"""Opens the stores: the ledger and the records."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.ports.clock import Clock
from servicebot.ports.ledger import Ledger
from servicebot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Every store, open.

    Attributes:
        ledger: What commits together.
        records: Receipts and transcripts, for years.
    """

    ledger: Ledger
    records: SqlRecords


@asynccontextmanager
async def open_stores(settings: Settings, clock: Clock) -> AsyncIterator[Stores]:
    """Opens all stores and closes them again.

    Raises:
        UnavailableError: A file or a database cannot be opened.
    """
    ledger = await asyncio.to_thread(open_sqlite_ledger, settings.store.dir / "mailbox.db", clock)
    try:
        async with open_sql(settings) as sql:
            yield Stores(ledger=ledger, records=SqlRecords(sql))
    finally:
        await asyncio.to_thread(ledger.close)


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
