"""Calls to a bank that fails: reads are tried again, moves are sent once, nothing hangs."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from typing_extensions import override

from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.money_journal import SqliteMoneyJournal
from servicebot.adapters.in_sqlite.schema import SCHEMA
from servicebot.adapters.system_clock import SystemClock
from servicebot.banking.perform import Deadlines, Performer
from servicebot.domain.bank_calls import BankCall, ListAccounts, Repay, StartLink
from servicebot.domain.bank_results import Accounts, BankResult, Refused, Repayment, Unreachable
from servicebot.domain.conversation import Conversation
from servicebot.domain.errors import RejectedError, UnavailableError
from servicebot.domain.money import MoveState

CONVERSATION = Conversation(id="web:c1", channel="web", sender="c1")
REPAY = Repay(key="key-1", quote_id="q", loan_id="l", total_fen=100, account_id="a", step_up_id="s")
DEADLINES = Deadlines(read_s=0.9, move_s=0.3)
PAID = Repayment(
    repayment_id="r", state="succeeded", total_fen=100, outstanding_fen=0, receipt_no="R"
)


class ScriptedBank:
    """Answers each call with the next of a list."""

    def __init__(self, *answers: BankResult | Exception | float) -> None:
        self.answers = list(answers)
        self.sent: list[BankCall] = []

    async def send(self, call: BankCall, subject: str | None) -> BankResult:  # noqa: ARG002
        self.sent.append(call)
        answer = self.answers.pop(0)
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            raise UnavailableError("too late")
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[SqliteMoneyJournal]:
    database = Database(tmp_path / "m.db", SCHEMA)
    yield SqliteMoneyJournal(database)
    database.close()


Make = Callable[[ScriptedBank], Performer]


@pytest.fixture
def make(journal: SqliteMoneyJournal) -> Make:
    return lambda bank: Performer(bank, journal, SystemClock(), DEADLINES)


async def test_a_read_that_fails_once_is_tried_again(make: Make) -> None:
    bank = ScriptedBank(UnavailableError("x"), Accounts(items=()))
    assert await make(bank).perform(ListAccounts(), "s", CONVERSATION) == Accounts(items=())
    assert len(bank.sent) == 2


async def test_a_read_that_keeps_failing_is_unreachable_and_nothing_is_invented(make: Make) -> None:
    bank = ScriptedBank(*[UnavailableError("x")] * 3)
    assert await make(bank).perform(ListAccounts(), "s", CONVERSATION) == Unreachable()


async def test_a_read_that_hangs_ends_at_its_deadline(make: Make) -> None:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    assert (
        await make(ScriptedBank(60.0)).perform(ListAccounts(), "s", CONVERSATION) == Unreachable()
    )
    assert loop.time() - begun < 5


async def test_a_refusal_is_a_result_and_not_tried_again(make: Make) -> None:
    bank = ScriptedBank(Refused(code="not_found"))
    result = await make(bank).perform(ListAccounts(), "s", CONVERSATION)
    assert result == Refused(code="not_found")


@pytest.mark.parametrize("failure", [UnavailableError("cut"), 60.0])
async def test_money_is_sent_once_and_an_uncertain_end_is_written_down(
    make: Make, journal: SqliteMoneyJournal, failure: UnavailableError | float
) -> None:
    bank = ScriptedBank(failure)
    result = await make(bank).perform(REPAY, "s", CONVERSATION)
    assert result == Unreachable(maybe_done=True)
    assert len(bank.sent) == 1
    assert [move.state for move in await journal.unresolved()] == [MoveState.UNKNOWN]


async def test_the_intent_is_on_the_disk_before_anything_is_sent(
    make: Make, journal: SqliteMoneyJournal
) -> None:
    class Looking(ScriptedBank):
        @override
        async def send(self, call: BankCall, subject: str | None) -> BankResult:
            assert [move.key for move in await journal.unresolved()] == ["key-1"]
            return await super().send(call, subject)

    assert await make(Looking(PAID)).perform(REPAY, "s", CONVERSATION) == PAID
    assert await journal.unresolved() == ()


async def test_a_call_about_a_customer_without_one_is_a_fault(make: Make) -> None:
    with pytest.raises(RejectedError):
        await make(ScriptedBank()).perform(ListAccounts(), None, CONVERSATION)


async def test_a_link_may_be_made_for_a_stranger(make: Make) -> None:
    call = StartLink(channel="web", channel_user="c1", conversation_id="web:c1")
    bank = ScriptedBank(Refused(code="x"))
    assert await make(bank).perform(call, None, CONVERSATION) == Refused(code="x")
