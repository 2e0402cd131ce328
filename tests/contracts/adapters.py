"""Every adapter of every store port; a new one is one line here."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.contracts.settable_clock import SettableClock

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.ports.ledger import Ledger
from servicebot.ports.mailbox import Mailbox
from servicebot.ports.money_journal import MoneyJournal
from servicebot.ports.outbox import Outbox
from servicebot.ports.records import Records, Unrecorded
from servicebot.ports.send_quota import SendQuota
from servicebot.ports.tickets import Tickets
from servicebot.ports.timeline import Timeline


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


OpenLedger = Callable[[Path, SettableClock], AbstractContextManager[LedgerUnderTest]]
OpenRecords = Callable[[Path, SettableClock], AbstractContextManager[RecordStores]]


@contextmanager
def in_sqlite(folder: Path, clock: SettableClock) -> Iterator[LedgerUnderTest]:
    """The embedded store."""
    with closing(open_sqlite_ledger(folder / "mailbox.db", clock)) as ledger:
        yield LedgerUnderTest(ledger=ledger, clock=clock)


@contextmanager
def in_sql(folder: Path, clock: SettableClock) -> Iterator[RecordStores]:
    """The records on a SQLite file."""
    with closing(SqlEngine(f"sqlite:///{folder / 'records.db'}")) as engine:
        yield RecordStores(clock=clock, records=SqlRecords(engine))


LEDGERS: Final[Mapping[str, OpenLedger]] = {"in_sqlite": in_sqlite}
RECORD_STORES: Final[Mapping[str, OpenRecords]] = {"in_sql": in_sql}
