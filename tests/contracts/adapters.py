"""Every adapter of every store port; a new one is one line here."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.contracts.settable_clock import SettableClock

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.in_sql.tickets import SqlTickets
from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.lines import SqliteTimeline
from servicebot.adapters.in_sqlite.mailbox import MOST_WAITING, SqliteMailbox
from servicebot.adapters.in_sqlite.money_journal import SqliteMoneyJournal
from servicebot.adapters.in_sqlite.outbox import SqliteOutbox
from servicebot.adapters.in_sqlite.schema import SCHEMA
from servicebot.adapters.in_sqlite.send_quota import SqliteSendQuota
from servicebot.adapters.in_sqlite.unrecorded import SqliteUnrecorded
from servicebot.ports.mailbox import Mailbox
from servicebot.ports.money_journal import MoneyJournal
from servicebot.ports.outbox import Outbox
from servicebot.ports.records import Records, Unrecorded
from servicebot.ports.send_quota import SendQuota
from servicebot.ports.tickets import Tickets
from servicebot.ports.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxStores:
    """The stores that commit together.

    Attributes:
        clock: What they tell the time by.
        most_waiting: How many messages of one conversation may wait.
    """

    clock: SettableClock
    mailbox: Mailbox
    outbox: Outbox
    timeline: Timeline
    journal: MoneyJournal
    unrecorded: Unrecorded
    quota: SendQuota
    most_waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStores:
    """The stores for years."""

    clock: SettableClock
    records: Records
    tickets: Tickets


OpenMailbox = Callable[[Path, SettableClock], AbstractContextManager[MailboxStores]]


@contextmanager
def in_sqlite(folder: Path, clock: SettableClock) -> Iterator[MailboxStores]:
    """The embedded store."""
    with closing(Database(folder / "mailbox.db", SCHEMA)) as database:
        yield MailboxStores(
            clock=clock,
            mailbox=SqliteMailbox(database, clock),
            outbox=SqliteOutbox(database, clock),
            timeline=SqliteTimeline(database),
            journal=SqliteMoneyJournal(database),
            unrecorded=SqliteUnrecorded(database),
            quota=SqliteSendQuota(database, clock),
            most_waiting=MOST_WAITING,
        )


@contextmanager
def in_sql(folder: Path, clock: SettableClock) -> Iterator[RecordStores]:
    """The records on a SQLite file."""
    with in_sql_at(f"sqlite:///{folder / 'records.db'}", clock) as opened:
        yield opened


@contextmanager
def in_sql_at(url: str, clock: SettableClock) -> Iterator[RecordStores]:
    """The records, on whatever database stands at the address."""
    with closing(SqlEngine(url)) as engine:
        yield RecordStores(
            clock=clock, records=SqlRecords(engine), tickets=SqlTickets(engine, clock)
        )


MAILBOX_STORES: Final[Mapping[str, OpenMailbox]] = {"in_sqlite": in_sqlite}
