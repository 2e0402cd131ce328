"""What became of an uncertain repayment is found out by asking, never by sending again."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.sealing import FORM, SEAL

from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.in_sqlite.mailbox import SqliteMailbox
from servicebot.adapters.in_sqlite.money_journal import SqliteMoneyJournal
from servicebot.adapters.system_clock import SystemClock
from servicebot.banking.resolve import ASK_FOR, SETTLE_AFTER, Resolver
from servicebot.domain.bank_calls import BankCall, ReadRepayment, VoidRepayment
from servicebot.domain.bank_results import BankResult, Refused, Repayment, Voided
from servicebot.domain.errors import UnavailableError
from servicebot.domain.messages import BankEvent
from servicebot.domain.money import MoneyEnd, MoneyMove, MoveState

BEGUN = datetime(2026, 11, 23, tzinfo=UTC)
SOON, LATER = timedelta(seconds=5), SETTLE_AFTER + timedelta(seconds=1)
NO_SUCH_KEY = Refused(code="key_unknown")
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
    product="weilidai",
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
    """Answers the questions about one key in order; the last answer stays."""

    def __init__(self, *answers: BankResult | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[BankCall] = []

    async def send(self, call: BankCall, subject: str | None) -> BankResult:
        assert subject == "s"
        self.asked.append(call)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


class Case:
    """A journal with one uncertain move."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = HandClock()
        self.journal = SqliteMoneyJournal(database, FORM)
        self.mailbox = SqliteMailbox(database, FORM, self.clock)

    async def resolve(self, *answers: BankResult | Exception, age: timedelta) -> AskedBank:
        bank = AskedBank(*answers)
        self.clock.at = BEGUN + age
        await Resolver(bank, self.journal, self.mailbox, self.clock).resolve()
        return bank

    async def told(self) -> MoneyEnd | None:
        claim = await self.mailbox.claim(10)
        if claim is None:
            return None
        assert isinstance(claim.message.content, BankEvent)
        assert claim.message.content.reference_id == "key-1"
        return claim.message.content.end


@pytest.fixture
async def case(tmp_path: Path) -> AsyncIterator[Case]:
    database = open_sqlite_ledger(tmp_path / "m.db", SystemClock(), SEAL).database
    made = Case(database)
    await made.journal.begin(MOVE)
    yield made
    database.close()


@pytest.mark.parametrize("state", ["succeeded", "failed"])
async def test_a_known_end_is_told_to_the_conversation_once(case: Case, state: str) -> None:
    bank = await case.resolve(repayment(state), age=SOON)
    assert bank.asked == [ReadRepayment(key="key-1")]
    end = MoneyEnd(state=MoveState(state), product="weilidai", answer=repayment(state))
    assert await case.told() == end
    assert await case.journal.unresolved() == ()


@pytest.mark.parametrize(
    "answer",
    [
        repayment("processing"),
        UnavailableError("x"),
        *(Refused(code=code) for code in ("not_found", "subject_revoked", "quote_expired", "x")),
    ],
)
async def test_an_open_end_is_asked_about_again(case: Case, answer: BankResult | Exception) -> None:
    for age in (SOON, LATER):
        bank = await case.resolve(answer, age=age)
        assert bank.asked == [ReadRepayment(key="key-1")]
    assert await case.told() is None
    assert len(await case.journal.unresolved()) == 1


async def test_no_such_key_is_an_end_only_once_the_key_was_voided(case: Case) -> None:
    bank = await case.resolve(NO_SUCH_KEY, age=SETTLE_AFTER - timedelta(seconds=1))
    assert bank.asked == [ReadRepayment(key="key-1")]
    bank = await case.resolve(NO_SUCH_KEY, UnavailableError("x"), age=LATER)
    assert bank.asked == [ReadRepayment(key="key-1"), VoidRepayment(key="key-1")]
    assert await case.told() is None
    await case.resolve(NO_SUCH_KEY, Voided(key="key-1"), age=LATER)
    end = await case.told()
    assert end is not None
    assert (end.state, end.answer) == (MoveState.FAILED, Refused(code="key_voided"))
    assert await case.journal.unresolved() == ()


async def test_a_posting_that_comes_before_the_voiding_is_told(case: Case) -> None:
    await case.resolve(NO_SUCH_KEY, repayment("succeeded"), age=LATER)
    end = await case.told()
    assert end is not None
    assert (end.state, end.answer) == (MoveState.SUCCEEDED, repayment("succeeded"))


async def test_an_answer_that_does_not_fit_goes_to_a_person_once_and_is_asked_on(
    case: Case,
) -> None:
    odd = replace(repayment("succeeded"), total_fen=1)
    for _ in range(3):
        await case.resolve(odd, age=LATER)
    assert await case.told() == MoneyEnd(state=MoveState.DISPUTED, product="weilidai")
    assert (await case.mailbox.load()).waiting == 1
    assert [move.state for move in await case.journal.unresolved()] == [MoveState.DISPUTED]
    await case.resolve(repayment("succeeded"), age=LATER)
    assert (await case.mailbox.load()).waiting == 2
    assert await case.journal.unresolved() == ()


async def test_after_a_day_a_person_finds_out(case: Case) -> None:
    await case.resolve(UnavailableError("x"), age=ASK_FOR + timedelta(seconds=1))
    assert await case.told() == MoneyEnd(state=MoveState.GIVEN_UP, product="weilidai")
    assert await case.journal.unresolved() == ()


async def test_a_line_of_the_edition_before_is_read_and_resolved(case: Case) -> None:
    body = (
        '{"key":"key-0","conversation_id":"web:c1","channel":"web","sender":"c1","subject":"s",'
        '"what":"loan.repay","amount_fen":100,"begun_at":"2026-11-23T00:00:00Z","state":"intent"}'
    )
    sealed = SEAL.close(body.encode(), "key-0")
    values = ("key-0", "unknown", BEGUN.timestamp() - 1, sealed)
    await case.database.write(
        lambda db: db.execute("INSERT INTO moves VALUES (?, ?, ?, ?)", values)
    )
    old, _ = await case.journal.unresolved()
    assert (old.key, old.state, old.product, old.answer) == ("key-0", MoveState.UNKNOWN, "", None)
    await case.resolve(repayment("succeeded"), age=SOON)
    assert await case.journal.unresolved() == ()
