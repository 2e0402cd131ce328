"""What became of an uncertain repayment is found out by asking, never by sending again."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.mailbox import SqliteMailbox
from servicebot.adapters.in_sqlite.money_journal import SqliteMoneyJournal
from servicebot.adapters.in_sqlite.schema import SCHEMA
from servicebot.banking.resolve import ASK_FOR, SETTLE_AFTER, Resolver
from servicebot.domain.bank_calls import BankCall, ReadRepayment
from servicebot.domain.bank_results import BankResult, Refused, Repayment
from servicebot.domain.errors import UnavailableError
from servicebot.domain.messages import BankEvent
from servicebot.domain.money import MoneyMove, MoveState

BEGUN = datetime(2026, 11, 23, tzinfo=UTC)
MOVE = MoneyMove(
    key="key-1",
    conversation_id="web:c1",
    channel="web",
    sender="c1",
    subject="s",
    what="loan.repay",
    amount_fen=100,
    begun_at=BEGUN,
    state=MoveState.UNKNOWN,
)


def repayment(state: str) -> Repayment:
    return Repayment(
        repayment_id="r", state=state, total_fen=100, outstanding_fen=0, receipt_no="R"
    )


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = BEGUN

    def now(self) -> datetime:
        return self.at

    def monotonic_s(self) -> float:
        return self.at.timestamp()


class AskedBank:
    """Answers the question about one key."""

    def __init__(self, answer: BankResult | Exception) -> None:
        self.answer = answer
        self.asked: list[BankCall] = []

    async def send(self, call: BankCall, subject: str | None) -> BankResult:
        assert subject == "s"
        self.asked.append(call)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Case:
    """A journal with one uncertain move."""

    def __init__(self, database: Database) -> None:
        self.clock = HandClock()
        self.journal = SqliteMoneyJournal(database)
        self.mailbox = SqliteMailbox(database, self.clock)

    async def resolve(self, answer: BankResult | Exception, age: timedelta) -> AskedBank:
        bank = AskedBank(answer)
        self.clock.at = BEGUN + age
        await Resolver(bank, self.journal, self.mailbox, self.clock).resolve()
        return bank

    async def told(self) -> str | None:
        claim = await self.mailbox.claim(10)
        if claim is None:
            return None
        assert isinstance(claim.message.content, BankEvent)
        return claim.message.content.reference_id


@pytest.fixture
async def case(tmp_path: Path) -> AsyncIterator[Case]:
    database = Database(tmp_path / "m.db", SCHEMA)
    made = Case(database)
    await made.journal.begin(MOVE)
    yield made
    database.close()


@pytest.mark.parametrize("state", ["succeeded", "failed"])
async def test_a_known_end_is_told_to_the_conversation_once(case: Case, state: str) -> None:
    bank = await case.resolve(repayment(state), timedelta(seconds=5))
    assert bank.asked == [ReadRepayment(key="key-1")]
    assert await case.told() == "key-1"
    assert await case.journal.unresolved() == ()


@pytest.mark.parametrize("answer", [repayment("processing"), UnavailableError("x")])
async def test_an_open_end_is_asked_about_again(case: Case, answer: BankResult | Exception) -> None:
    await case.resolve(answer, timedelta(seconds=5))
    assert await case.told() is None
    assert len(await case.journal.unresolved()) == 1


async def test_not_found_counts_only_after_the_bank_had_time(case: Case) -> None:
    await case.resolve(Refused(code="not_found"), SETTLE_AFTER - timedelta(seconds=1))
    assert await case.told() is None
    await case.resolve(Refused(code="not_found"), SETTLE_AFTER + timedelta(seconds=1))
    assert await case.told() == "key-1"


async def test_after_a_day_a_person_finds_out(case: Case) -> None:
    await case.resolve(UnavailableError("x"), ASK_FOR + timedelta(seconds=1))
    assert await case.told() == "key-1"
    assert await case.journal.unresolved() == ()
