"""Every adapter of every store port; a new one is one line here."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import (
    AbstractAsyncContextManager,
    asynccontextmanager,
    closing,
    contextmanager,
)
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from _pytest.mark.structures import ParameterSet
from tests.contracts.settable_clock import SettableClock
from tests.sealing import SEAL, records_on
from tests.servers.redis_cluster import cluster_url
from tests.servers.redis_server import MISSING, PROGRAM, redis_url

from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.ratings import SqlRatings
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.ports.ledger import Ledger
from servicebot.ports.mailbox import Mailbox
from servicebot.ports.money_journal import MoneyJournal
from servicebot.ports.outbox import Outbox
from servicebot.ports.ratings import Ratings
from servicebot.ports.records import Records, Unrecorded
from servicebot.ports.send_quota import SendQuota
from servicebot.ports.tickets import Tickets
from servicebot.ports.timeline import Timeline
from servicebot.settings import RedisStore


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerUnderTest:
    """A ledger, its facets at hand, and what it tells the time by."""

    ledger: Ledger
    clock: SettableClock

    @property
    def mailbox(self) -> Mailbox:
        return self.ledger.mailbox

    @property
    def outbox(self) -> Outbox:
        return self.ledger.outbox

    @property
    def timeline(self) -> Timeline:
        return self.ledger.timeline

    @property
    def tickets(self) -> Tickets:
        return self.ledger.tickets

    @property
    def journal(self) -> MoneyJournal:
        return self.ledger.journal

    @property
    def unrecorded(self) -> Unrecorded:
        return self.ledger.unrecorded

    @property
    def quota(self) -> SendQuota:
        return self.ledger.quota


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStores:
    """The stores for years."""

    clock: SettableClock
    records: Records
    ratings: Ratings


OpenLedger = Callable[[Path, SettableClock], AbstractAsyncContextManager[LedgerUnderTest]]


@asynccontextmanager
async def in_sqlite(folder: Path, clock: SettableClock) -> AsyncIterator[LedgerUnderTest]:
    """The embedded store."""
    with closing(open_sqlite_ledger(folder / "mailbox.db", clock, SEAL)) as ledger:
        yield LedgerUnderTest(ledger=ledger, clock=clock)


@asynccontextmanager
async def in_redis(
    folder: Path, clock: SettableClock, *, url: str = "", partitions: int = 1
) -> AsyncIterator[LedgerUnderTest]:
    """A store of the test's own on the tests' Redis; the folder names it, and holds nothing."""
    where = url or redis_url()
    options = RedisStore(url=where, name=f"test-{folder}", partitions=partitions)
    async with open_redis_ledger(options, SEAL, clock) as ledger:
        yield LedgerUnderTest(ledger=ledger, clock=clock)


def in_redis_cluster(
    folder: Path, clock: SettableClock
) -> AbstractAsyncContextManager[LedgerUnderTest]:
    """The same, spread over a Cluster."""
    return in_redis(folder, clock, url=cluster_url(), partitions=7)


@contextmanager
def in_sql(folder: Path, clock: SettableClock) -> Iterator[RecordStores]:
    """The records on a SQLite file."""
    with in_sql_at(f"sqlite:///{folder / 'records.db'}", clock) as opened:
        yield opened


@contextmanager
def in_sql_at(url: str, clock: SettableClock) -> Iterator[RecordStores]:
    """The records, on whatever database stands at the address."""
    with closing(SqlEngine(url)) as engine:
        yield RecordStores(clock=clock, records=records_on(engine), ratings=SqlRatings(engine))


LEDGERS: Final[Mapping[str, OpenLedger]] = {
    "in_sqlite": in_sqlite,
    "in_redis": in_redis,
    "in_redis_cluster": in_redis_cluster,
}


def ledger_names() -> list[ParameterSet]:
    """Each ledger as a parameter of a test, left out with the reason where it cannot run."""
    no_redis = pytest.mark.skipif(PROGRAM is None, reason=MISSING)
    return [
        pytest.param(name, marks=no_redis if name.startswith("in_redis") else ())
        for name in LEDGERS
    ]
