"""What cannot be read is put aside with the reason; it stops nothing and is not lost."""

import logging
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import inbound, result
from tests.contracts.settable_clock import SettableClock
from tests.contracts.test_tickets import leave, taken, ticket
from tests.sealing import SEAL

from servicebot.adapters.in_sqlite.ledger import SqliteLedger, open_sqlite_ledger
from servicebot.domain.conversation import Owner
from servicebot.domain.messages import InboundMessage, Text
from servicebot.domain.money import MoneyMove, MoveState
from servicebot.ports.mailbox import UNREADABLE_TRIES


def said(conversation: str, number: int = 1) -> InboundMessage:
    return InboundMessage(
        channel="web",
        message_id=f"{conversation}/{number}",
        conversation_id=conversation,
        sender="c",
        received_at=datetime(2026, 11, 23, tzinfo=UTC),
        content=Text(text="我的秘密"),
    )


def move(key: str) -> MoneyMove:
    return MoneyMove(
        key=key,
        conversation_id="web:a",
        channel="web",
        sender="a",
        subject="s",
        what="loan.repay",
        amount_fen=100,
        begun_at=datetime(2026, 11, 23, tzinfo=UTC),
        state=MoveState.PREPARED,
        loan_id=f"loan-{key}",
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    opened = open_sqlite_ledger(tmp_path / "m.db", SettableClock(), SEAL)
    yield opened
    opened.close()


async def spoil(ledger: SqliteLedger, statement: str) -> None:
    def work(db: sqlite3.Connection) -> None:
        assert db.execute(statement).rowcount == 1

    await ledger.database.write(work)


async def kept(ledger: SqliteLedger) -> list[tuple[str, str]]:
    query = "SELECT kind, id FROM unreadable"
    rows = await ledger.database.read(lambda db: db.execute(query).fetchall())
    return [tuple(row) for row in rows]


async def test_a_conversation_whose_state_cannot_be_read_goes_on_with_a_person(
    ledger: SqliteLedger, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(3):
        await ledger.mailbox.accept(said("web:old", number))
        claim = await ledger.mailbox.claim(10)
        assert claim is not None
        await ledger.mailbox.commit(claim, result(claim.message, claim.state))
    spoilt = 'UPDATE conversations SET state = \'{"last_words": "我的秘密"}\''
    await spoil(ledger, spoilt)
    await ledger.mailbox.accept(said("web:old", 9))
    with caplog.at_level(logging.DEBUG):
        claim = await ledger.mailbox.claim(10)
    assert claim is not None
    assert claim.tries == UNREADABLE_TRIES
    assert claim.state is not None
    assert claim.state.turns >= 3, "no turn may get the number of an earlier one"
    assert await kept(ledger) == [("conversation", "web:old")]
    assert "秘密" not in caplog.text
    await ledger.mailbox.commit(claim, result(claim.message, claim.state))
    assert (await ledger.mailbox.load()).waiting == 0


async def test_who_waits_for_a_person_still_waits_when_the_state_cannot_be_read(
    ledger: SqliteLedger,
) -> None:
    stores = LedgerUnderTest(ledger=ledger, clock=SettableClock())
    await leave(stores, ticket("t1"), taken(ticket("t2")))
    for name, owner in (("t1", Owner.QUEUE), ("t2", Owner.PERSON)):
        spoilt = f"UPDATE conversations SET state = '{{}}' WHERE id = 'wechat:{name}'"  # noqa: S608  a test's own
        await spoil(ledger, spoilt)
        await ledger.mailbox.accept(inbound(f"{name}-again", conversation=name))
        claim = await ledger.mailbox.claim(10)
        assert claim is not None
        assert claim.state is not None
        assert (claim.state.owner, claim.state.ticket_id) == (owner, name)
        await ledger.mailbox.commit(claim, result(claim.message, claim.state))


async def test_a_message_that_cannot_be_read_lets_the_next_one_through(
    ledger: SqliteLedger,
) -> None:
    await ledger.mailbox.accept(said("web:a", 1))
    await spoil(ledger, "UPDATE inbox SET body = '{}'")
    await ledger.mailbox.accept(said("web:a", 2))
    claims = [await ledger.mailbox.claim(10) for _ in range(2)]
    assert [claim.message.message_id for claim in claims if claim is not None] == ["web:a/2"]
    assert await kept(ledger) == [("message", "web:a")]


async def test_a_ticket_that_cannot_be_read_hides_no_other(ledger: SqliteLedger) -> None:
    stores = LedgerUnderTest(ledger=ledger, clock=SettableClock())
    await leave(stores, ticket("t1"), ticket("t2"))
    await spoil(ledger, "UPDATE tickets SET body = '{}' WHERE id = 't1'")
    assert await ledger.tickets.waiting() == (ticket("t2"),)
    assert await ledger.tickets.find("t1") is None


async def test_a_delivery_that_cannot_be_read_stops_no_other(ledger: SqliteLedger) -> None:
    for name in ("a", "b"):
        message = said(f"web:{name}")
        await ledger.mailbox.accept(message)
        claim = await ledger.mailbox.claim(10)
        assert claim is not None
        await ledger.mailbox.commit(claim, result(message, None, name, push_at=claim.at))
    await spoil(ledger, "UPDATE outbox SET body = '{}' WHERE conversation = 'web:a'")
    taken = [await ledger.outbox.claim_delivery(10) for _ in range(3)]
    assert [one.message.text for one in taken if one is not None] == ["b"]


async def test_a_money_move_that_cannot_be_read_stops_no_other(ledger: SqliteLedger) -> None:
    for key in ("k1", "k2"):
        await ledger.journal.begin(move(key))
        assert await ledger.journal.intend(key)
    await spoil(ledger, "UPDATE moves SET body = '{}' WHERE key = 'k1'")
    assert [one.key for one in await ledger.journal.unresolved()] == ["k2"]
    await ledger.journal.begin(move("k3"))
    assert await ledger.journal.intend("k3")


async def test_a_line_that_cannot_be_read_keeps_its_place(ledger: SqliteLedger) -> None:
    for number in range(3):
        await ledger.mailbox.accept(said("web:a", number))
    await spoil(ledger, "UPDATE lines SET body = '{}' WHERE seq = 2")
    lines = await ledger.timeline.lines("web:a", 0)
    assert [(line.seq, line.message.text) for line in lines][1] == (2, "")
