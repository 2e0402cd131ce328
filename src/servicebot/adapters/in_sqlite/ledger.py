"""The ledger in one SQLite file: the embedded default."""

import sqlite3
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from servicebot.adapters.in_sqlite.bodies import BODIES, Rows, change_some, next_rows
from servicebot.adapters.in_sqlite.boot import boot_id
from servicebot.adapters.in_sqlite.check_room import check_room
from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.editions import begin_boot, bring_up
from servicebot.adapters.in_sqlite.erase import erase
from servicebot.adapters.in_sqlite.lines import SqliteTimeline
from servicebot.adapters.in_sqlite.mailbox import SqliteMailbox
from servicebot.adapters.in_sqlite.money_journal import SqliteMoneyJournal
from servicebot.adapters.in_sqlite.outbox import SqliteOutbox
from servicebot.adapters.in_sqlite.prune import prune
from servicebot.adapters.in_sqlite.send_quota import SqliteSendQuota
from servicebot.adapters.in_sqlite.tickets import SqliteTickets
from servicebot.adapters.in_sqlite.unrecorded import SqliteUnrecorded
from servicebot.domain.errors import UnavailableError
from servicebot.ports.clock import Clock
from servicebot.ports.ledger import Change
from servicebot.ports.seal import Seal
from servicebot.ports.traces import Traces
from servicebot.turns.sealed_form import SealedForm


@dataclass(frozen=True, slots=True, kw_only=True)
class SqliteLedger:
    """One open file and its facets; what they are stands at the port."""

    path: Path
    database: Database
    form: SealedForm
    clock: Clock
    mailbox: SqliteMailbox
    outbox: SqliteOutbox
    timeline: SqliteTimeline
    tickets: SqliteTickets
    journal: SqliteMoneyJournal
    quota: SqliteSendQuota
    unrecorded: SqliteUnrecorded

    async def check(self) -> None:
        """Looks whether a message could be stored; a store that can only be read takes none.

        Raises:
            UnavailableError: Nothing can be written, or there is no room.
        """
        try:
            await self.database.write(lambda db: check_room(db, self.path.parent))
        except OSError as error:
            raise UnavailableError(f"There is no room for the store: {error.strerror}") from error

    async def change_bodies(self, change: Change) -> int:
        """Passes everything sealed through `change`, some hundred rows a transaction."""
        changed = 0
        for column in BODIES:
            rows: Rows = []
            while rows := await self.database.read(partial(next_rows, column=column, before=rows)):
                work = partial(change_some, column=column, rows=rows, change=change)
                changed += await self.database.write(work)
        return changed

    async def erase(self, traces: Traces) -> bool:
        """Deletes a conversation, also from the log beside the file."""
        done = await self.database.write(partial(erase, form=self.form, traces=traces))
        await self.database.empty_log()
        return done

    async def prune(self) -> int:
        """Deletes what is too old."""
        return await prune(self.database, self.clock)

    def close(self) -> None:
        """Finishes what waits and closes the file."""
        self.database.close()


def open_sqlite_ledger(path: Path, clock: Clock, seal: Seal) -> SqliteLedger:
    """Opens the file, brings it to this edition and takes leases of an earlier boot away.

    Raises:
        UnavailableError: It cannot be opened, is damaged, or is of a newer edition.
        StartError: It was sealed with other keys.
    """
    boot, form = boot_id(), SealedForm(seal)

    def prepare(db: sqlite3.Connection) -> None:
        bring_up(db, path, seal)
        begin_boot(db, boot)

    database = Database(path, prepare)
    return SqliteLedger(
        path=path,
        database=database,
        form=form,
        clock=clock,
        mailbox=SqliteMailbox(database, form, clock),
        outbox=SqliteOutbox(database, form, clock),
        timeline=SqliteTimeline(database, form),
        tickets=SqliteTickets(database, form),
        journal=SqliteMoneyJournal(database, form),
        quota=SqliteSendQuota(database, clock),
        unrecorded=SqliteUnrecorded(database, form, clock),
    )
