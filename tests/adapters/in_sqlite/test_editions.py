"""A store of an earlier edition is taken over once and whole; one of a later is refused."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import inbound, result
from tests.contracts.settable_clock import SettableClock
from tests.sealing import KEY, SEAL
from typing_extensions import override

from servicebot.adapters.in_sqlite import editions
from servicebot.adapters.in_sqlite.bodies import BODIES, Column
from servicebot.adapters.in_sqlite.editions import begin_boot
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.sealing.aes_gcm import AesGcmSeal, key_id
from servicebot.adapters.sealing.key_sources import new_key
from servicebot.adapters.sealing.master_keys import MasterKeys
from servicebot.domain.conversation import Owner
from servicebot.domain.errors import StartError, UnavailableError
from servicebot.domain.tickets import TicketState

TICKETS = (
    "CREATE TABLE tickets (id TEXT PRIMARY KEY, state TEXT, priority INTEGER, opened_at TEXT,"
    " agent TEXT, taken_at TEXT, ended_at TEXT, rank INTEGER, departure TEXT, body BLOB)"
)
TICKET = {
    "id": "t1", "conversation_id": "web:a", "channel": "web", "sender": "a", "customer": "陈*明",
    "language": "zh", "reason": "fraud", "priority": 0, "summary": "被骗了", "task": None,
    "opened_at": "2026-11-23T04:00:00Z", "state": "waiting", "agent": None, "taken_at": None,
    "ended_at": None, "rank": 2, "departure": None, "subject": "s-1", "promised": False,
}  # fmt: skip


def state(name: str, owner: str, ticket: str) -> bytes:
    body = {
        "id": f"web:{name}", "channel": "web", "sender": name, "owner": owner, "turns": 4,
        "ticket_id": ticket, "held": {"agent": "li", "owes_since": None},
    }  # fmt: skip
    return json.dumps(body).encode()


def write_first_edition(folder: Path) -> Path:
    """As the edition before wrote it: the tickets in the records, waits as instants."""
    with closing(sqlite3.connect(folder / "mailbox.db")) as db:
        db.executescript(editions._FIRST)
        db.execute(
            "INSERT INTO conversations (id, state, ready_at, lease_until) VALUES (?, ?, ?, ?)",
            ("web:a", state("a", "person", "t1"), 1_763_870_400.0, 1_763_870_410.0),
        )
        waits = ("web:b", state("b", "queue", "t2"))
        db.execute("INSERT INTO conversations (id, state) VALUES (?, ?)", waits)
        message = b'{"channel":"web","message_id":"m","conversation_id":"web:a","sender":"a",'
        message += b'"received_at":"2026-11-23T04:00:00Z","content":{"text":"x","kind":"text"}}'
        db.execute("INSERT INTO inbox (conversation, body) VALUES ('web:a', ?)", (message,))
        db.execute(
            "INSERT INTO outbox (conversation, channel, recipient, reply_to, rank, body, next_at)"
            " VALUES ('web:a', 'wechat', 'a', 'm', 0, ?, 1763870400)",
            (b'{"name":"x","author":"bot","text":"hello"}',),
        )
        db.commit()
    with closing(sqlite3.connect(folder / "records.db")) as records:
        records.execute(TICKETS)
        row = ("t1", "taken", 0, "2026-11-23 04:00:00.000000", "li", "2026-11-23 04:01:00.000000")
        records.execute(
            "INSERT INTO tickets VALUES (?, ?, ?, ?, ?, ?, NULL, 2, NULL, ?)",
            (*row, json.dumps(TICKET).encode()),
        )
        records.commit()
    return folder / "mailbox.db"


async def test_tickets_and_live_conversations_of_the_edition_before_go_on(tmp_path: Path) -> None:
    path = write_first_edition(tmp_path)
    for _ in range(2):  # the second opening finds nothing to do
        with closing(open_sqlite_ledger(path, SettableClock(), SEAL)) as ledger:
            (held,) = await ledger.tickets.held()
            assert (held.id, held.agent, held.state) == ("t1", "li", TicketState.TAKEN)
            assert held.taken_at is not None
            (waiting,) = await ledger.tickets.waiting()
            assert (waiting.id, waiting.conversation_id) == ("t2", "web:b")
            assert await ledger.tickets.waiting_of("web", "b", None) == (waiting,)
    with closing(open_sqlite_ledger(path, SettableClock(), SEAL)) as ledger:
        claim = await ledger.mailbox.claim(10)
        assert claim is not None
        assert claim.state is not None
        assert claim.state.owner is Owner.PERSON
        assert claim.state.ticket == await ledger.tickets.find("t1")
        assert await ledger.outbox.claim_delivery(10) is not None


def test_what_the_edition_before_left_in_the_clear_is_sealed(tmp_path: Path) -> None:
    path = write_first_edition(tmp_path)
    with closing(sqlite3.connect(path)) as db:
        before = [bytes(body) for column in BODIES[:-1] for body in _all(db, column)]
    with closing(open_sqlite_ledger(path, SettableClock(), SEAL)):  # while it is in use
        running = b"".join(one.read_bytes() for one in tmp_path.glob("mailbox.db*"))
    assert [body for body in before if body in running] == []
    with closing(sqlite3.connect(path)) as db:
        after = {(column.table, body) for column in BODIES for body in _all(db, column)}
    assert before
    assert all(key_id(body) == KEY.id for _, body in after)
    raw = b"".join(one.read_bytes() for one in tmp_path.glob("mailbox.db*"))
    assert [body for body in before if body in raw] == [], "no page keeps what stood there"


def _all(db: sqlite3.Connection, column: Column) -> list[bytes]:
    query = f"SELECT {column.name} FROM {column.table} WHERE {column.name} IS NOT NULL"  # noqa: S608  our own names
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (column.table,)).fetchone():
        return []
    return [row[0].encode() if isinstance(row[0], str) else row[0] for row in db.execute(query)]


def test_a_start_with_other_keys_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    open_sqlite_ledger(path, SettableClock(), SEAL).close()
    other = new_key(KEY.used_from)
    with pytest.raises(StartError, match="SERVICEBOT_STORE_KEYS_FILE"):
        open_sqlite_ledger(
            path, SettableClock(), AesGcmSeal(MasterKeys(lambda: other.line, SettableClock()))
        )
    open_sqlite_ledger(path, SettableClock(), SEAL).close()


def test_a_store_of_a_later_edition_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(UnavailableError, match="edition 99"):
        open_sqlite_ledger(path, SettableClock(), SEAL)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0


async def test_after_a_restart_of_the_machine_leases_are_over_and_the_order_is_kept(
    tmp_path: Path,
) -> None:
    """Monotonic seconds begin anew with each boot."""
    before = SettableClock()
    before.advance(1_000_000)
    with closing(open_sqlite_ledger(tmp_path / "m.db", before, SEAL)) as ledger:
        for name in ("c1", "c2", "c3"):
            await ledger.mailbox.accept(inbound(name, conversation=name))
            before.advance(1)
        assert await ledger.mailbox.claim(10) is not None
    with closing(open_sqlite_ledger(tmp_path / "m.db", SettableClock(), SEAL)) as ledger:
        assert await ledger.mailbox.claim(10) is None, "within one boot the future stays the future"
        await ledger.database.write(lambda db: db.execute("UPDATE boot SET id = 'other'"))
    with closing(open_sqlite_ledger(tmp_path / "m.db", SettableClock(), SEAL)) as ledger:
        order = []
        while (claim := await ledger.mailbox.claim(10)) is not None:
            order.append(claim.message.message_id)
            await ledger.mailbox.commit(claim, result(claim.message, claim.state))
        assert order == ["c1", "c2", "c3"]


async def test_a_clock_that_steps_back_holds_nothing_up(tmp_path: Path) -> None:
    """Waits are monotonic: only instants that are shown to people follow the wall clock."""

    class Stepping(SettableClock):
        back_s = 0.0

        @override
        def now(self) -> datetime:
            return super().now() - timedelta(seconds=self.back_s)

    clock = Stepping()
    with closing(open_sqlite_ledger(tmp_path / "m.db", clock, SEAL)) as ledger:
        stores = LedgerUnderTest(ledger=ledger, clock=clock)
        await stores.mailbox.accept(inbound("m1"))
        clock.back_s = 3600
        claim = await stores.mailbox.claim(10)
        assert claim is not None
        await stores.mailbox.commit(claim, result(claim.message, None, "x", push_at=claim.at))
        assert await stores.outbox.claim_delivery(10) is not None


def test_a_damaged_file_is_refused_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    open_sqlite_ledger(path, SettableClock(), SEAL).close()
    whole = bytearray(path.read_bytes())
    whole[5000:9000] = b"\xff" * 4000
    path.write_bytes(whole)
    with pytest.raises(UnavailableError, match="cannot be opened"):
        open_sqlite_ledger(path, SettableClock(), SEAL)


def test_nobody_else_can_read_what_customers_said(tmp_path: Path) -> None:
    path = tmp_path / "store" / "mailbox.db"
    with closing(open_sqlite_ledger(path, SettableClock(), SEAL)):
        modes = {oct(one.stat().st_mode & 0o777) for one in path.parent.iterdir()}
        assert modes == {"0o600"}
        assert oct(path.parent.stat().st_mode & 0o777) == "0o700"


def test_two_processes_that_open_at_once_bring_it_up_once(tmp_path: Path) -> None:
    path = write_first_edition(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as one:
        editions.bring_up(one, path, SEAL)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            editions.bring_up(other, path, SEAL)
            begin_boot(other, "b")
            assert other.execute("PRAGMA user_version").fetchone()[0] == len(editions.EDITIONS)


async def test_where_tickets_and_conversations_disagreed_the_conversation_is_right(
    tmp_path: Path,
) -> None:
    path = write_first_edition(tmp_path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "UPDATE conversations SET state = ? WHERE id = 'web:a'", (state("a", "bot", ""),)
        )
        broken = (("web:x", b"[]"), ("web:y", b"no json"), ("web:z", b'{"owner": "queue"}'))
        db.executemany("INSERT INTO conversations (id, state) VALUES (?, ?)", broken)
        db.commit()
    with closing(open_sqlite_ledger(path, SettableClock(), SEAL)) as ledger:
        assert await ledger.tickets.held() == (), "nobody is with an agent any more"
        ended = await ledger.tickets.find("t1")
        assert ended is not None
        assert ended.state is TicketState.LEFT
        assert [one.conversation_id for one in await ledger.tickets.waiting()] == ["web:b"]


def test_records_that_cannot_be_read_are_named_as_what_they_are(tmp_path: Path) -> None:
    path = write_first_edition(tmp_path)
    (tmp_path / "records.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(UnavailableError, match=r"records\.db, which cannot be read"):
        open_sqlite_ledger(path, SettableClock(), SEAL)
