"""What nobody needs any more goes, and nothing else."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.contracts.examples import inbound, result
from tests.contracts.settable_clock import SettableClock
from tests.sealing import FORM, SEAL

from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.in_sqlite.mailbox import SqliteMailbox
from servicebot.adapters.in_sqlite.outbox import SqliteOutbox
from servicebot.adapters.in_sqlite.prune import ANSWERS_DAYS, LINES_DAYS, SEEN_DAYS, prune
from servicebot.adapters.in_sqlite.send_quota import SqliteSendQuota
from servicebot.adapters.system_clock import SystemClock
from servicebot.ports.mailbox import Accepted
from servicebot.ports.send_quota import Allowance

DAY_S = 86_400


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_sqlite_ledger(tmp_path / "mailbox.db", SystemClock(), SEAL).database
    yield opened
    opened.close()


async def count(database: Database, table: str) -> int:
    query = f"SELECT count(*) FROM {table}"  # noqa: S608  a name of this file
    return int(await database.read(lambda db: db.execute(query).fetchone()[0]))


async def one_turn(database: Database, clock: SettableClock) -> SqliteMailbox:
    mailbox = SqliteMailbox(database, FORM, clock)
    await mailbox.accept(inbound("m1"))
    claim = await mailbox.claim(10)
    assert claim is not None
    await mailbox.commit(claim, result(claim.message, None, "sent", "waits"))
    outbox = SqliteOutbox(database, FORM, clock)
    delivery = await outbox.claim_delivery(10)
    assert delivery is not None
    await outbox.delivered(delivery)
    return mailbox


async def test_nothing_young_is_dropped(database: Database) -> None:
    clock = SettableClock()
    await one_turn(database, clock)
    assert await prune(database, clock) == 0


async def test_each_kind_is_dropped_after_its_own_days(database: Database) -> None:
    clock = SettableClock()
    mailbox = await one_turn(database, clock)
    clock.advance(ANSWERS_DAYS * DAY_S + 1)
    await prune(database, clock)
    assert await count(database, "answers") == 0
    assert await mailbox.accept(inbound("m1")) is Accepted.DUPLICATE
    clock.advance((SEEN_DAYS - ANSWERS_DAYS) * DAY_S)
    await prune(database, clock)
    assert await count(database, "seen") == 0
    assert await count(database, "lines") == 3
    clock.advance((LINES_DAYS - SEEN_DAYS) * DAY_S)
    await prune(database, clock)
    assert await count(database, "lines") == 0
    assert await count(database, "outbox") == 1  # what still waits is kept


async def test_messages_that_wait_are_never_dropped(database: Database) -> None:
    clock = SettableClock()
    mailbox = SqliteMailbox(database, FORM, clock)
    await mailbox.accept(inbound("m1"))
    clock.advance(365 * DAY_S)
    await prune(database, clock)
    assert await mailbox.claim(10) is not None


async def test_allowances_that_ended_go(database: Database) -> None:
    clock = SettableClock()
    quota = SqliteSendQuota(database, clock)
    for name, hours in (("short", 1), ("long", 48)):
        await quota.opened(
            Allowance(
                channel="wechat",
                recipient=name,
                kind="message",
                opened_by=name,
                sends=5,
                until=clock.now() + timedelta(hours=hours),
            )
        )
    clock.advance(2 * 3600)
    assert await prune(database, clock) == 1
    assert await quota.left("wechat", "long") == 5
