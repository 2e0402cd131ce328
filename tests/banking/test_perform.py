"""Calls to a bank that fails: reads are tried again, moves are sent once, nothing hangs."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.sealing import FORM, SEAL
from typing_extensions import override

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.in_sqlite.money_journal import SqliteMoneyJournal
from servicebot.adapters.system_clock import SystemClock
from servicebot.banking.perform import Deadlines, Performer
from servicebot.domain.bank_calls import BankCall, ListAccounts, Repay, StartLink
from servicebot.domain.bank_results import Accounts, BankResult, Refused, Repayment, Unreachable
from servicebot.domain.conversation import Conversation
from servicebot.domain.errors import RejectedError, UnavailableError
from servicebot.domain.money import MoveState
from servicebot.domain.refusals import ENDS_REPAYMENT

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
    database = open_sqlite_ledger(tmp_path / "m.db", SystemClock(), SEAL).database
    yield SqliteMoneyJournal(database, FORM)
    database.close()


Make = Callable[[ScriptedBank], Performer]


@pytest.fixture
def make(journal: SqliteMoneyJournal) -> Make:
    return lambda bank: Performer(
        bank, journal, InProcessShared(SystemClock()), SystemClock(), DEADLINES
    )


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


@pytest.mark.parametrize(
    "answer",
    [
        replace(PAID, state="accepted"),
        replace(PAID, total_fen=1),
        replace(PAID, outstanding_fen=-1),
        *(Refused(code=code) for code in ("not_found", "subject_revoked", "rate_limited", "x")),
    ],
)
async def test_what_is_not_the_banks_word_as_agreed_is_told_as_open(
    make: Make, journal: SqliteMoneyJournal, answer: BankResult
) -> None:
    told = await make(ScriptedBank(answer)).perform(REPAY, "s", CONVERSATION)
    assert told == Unreachable(maybe_done=True)
    assert [move.state for move in await journal.unresolved()] == [MoveState.UNKNOWN]


@pytest.mark.parametrize("code", sorted(ENDS_REPAYMENT))
async def test_the_banks_own_refusal_ends_it(
    make: Make, journal: SqliteMoneyJournal, code: str
) -> None:
    refused = Refused(code=code)
    assert await make(ScriptedBank(refused)).perform(REPAY, "s", CONVERSATION) == refused
    assert await journal.unresolved() == ()


@pytest.mark.parametrize("end", [PAID, Refused(code="insufficient_funds")])
async def test_a_repeated_turn_tells_the_known_end_and_sends_nothing(
    make: Make, end: BankResult
) -> None:
    assert await make(ScriptedBank(end)).perform(REPAY, "s", CONVERSATION) == end
    bank = ScriptedBank()
    assert await make(bank).perform(REPAY, "s", CONVERSATION) == end
    assert bank.sent == []


async def with_open_circuit(performer: Performer) -> Performer:
    """After five repayments of other customers without an answer."""
    for number in range(5):
        other = replace(REPAY, key=f"other-{number}", loan_id=f"other-{number}")
        await performer.perform(other, f"other-{number}", CONVERSATION)
    return performer


async def test_what_an_open_circuit_keeps_back_was_not_sent_and_can_be_sent_later(
    make: Make, journal: SqliteMoneyJournal
) -> None:
    bank = ScriptedBank(*[UnavailableError("x")] * 5)
    performer = await with_open_circuit(make(bank))
    assert await performer.perform(REPAY, "s", CONVERSATION) == Unreachable()
    assert len(bank.sent) == 5
    assert "l" not in {move.loan_id for move in await journal.unresolved()}
    assert await make(ScriptedBank(PAID)).perform(REPAY, "s", CONVERSATION) == PAID


async def test_what_was_sent_before_stays_open_behind_an_open_circuit(
    make: Make, journal: SqliteMoneyJournal
) -> None:
    await make(ScriptedBank(UnavailableError("cut"))).perform(REPAY, "s", CONVERSATION)
    performer = await with_open_circuit(make(ScriptedBank(*[UnavailableError("x")] * 5)))
    told = await performer.perform(REPAY, "s", CONVERSATION)
    assert told == Unreachable(maybe_done=True)
    stands = {move.key: move.state for move in await journal.unresolved()}
    assert stands[REPAY.key] is MoveState.UNKNOWN


async def test_what_one_operation_cannot_do_keeps_no_other_back(make: Make) -> None:
    bank = ScriptedBank(*[UnavailableError("x")] * 5, Accounts(items=()))
    performer = await with_open_circuit(make(bank))
    assert await performer.perform(ListAccounts(), "s", CONVERSATION) == Accounts(items=())


async def test_a_loan_with_an_open_repayment_of_another_chat_is_not_repaid_beside_it(
    make: Make, journal: SqliteMoneyJournal
) -> None:
    await make(ScriptedBank(UnavailableError("cut"))).perform(REPAY, "s", CONVERSATION)
    bank, other = ScriptedBank(PAID), replace(REPAY, key="key-2")
    chat = replace(CONVERSATION, id="web:c2")
    assert await make(bank).perform(other, "s2", chat) == Refused(code="loan_busy")
    assert bank.sent == []
    assert [move.key for move in await journal.unresolved()] == ["key-1"]
    free = replace(other, key="key-3", loan_id="m")
    assert await make(bank).perform(free, "s2", chat) == PAID


async def test_of_two_repayments_of_a_loan_agreed_at_the_same_instant_one_is_sent(
    make: Make,
) -> None:
    """Two chats of the customer, two pages approved: both lines are prepared before one is sent."""
    bank = ScriptedBank(*[UnavailableError("cut")] * 2)
    calls = [replace(REPAY, key=f"key-{n}") for n in range(2)]
    chats = [replace(CONVERSATION, id=f"web:c{n}") for n in range(2)]
    one, other = (make(bank) for _ in range(2))
    told = await asyncio.gather(
        one.perform(calls[0], "s", chats[0]), other.perform(calls[1], "s2", chats[1])
    )
    assert len(bank.sent) == 1
    assert sorted(map(repr, told)) == sorted(
        map(repr, [Refused(code="loan_busy"), Unreachable(maybe_done=True)])
    )


async def test_a_call_about_a_customer_without_one_is_a_fault(make: Make) -> None:
    with pytest.raises(RejectedError):
        await make(ScriptedBank()).perform(ListAccounts(), None, CONVERSATION)


async def test_a_link_may_be_made_for_a_stranger(make: Make) -> None:
    call = StartLink(channel="web", channel_user="c1", conversation_id="web:c1")
    bank = ScriptedBank(Refused(code="x"))
    assert await make(bank).perform(call, None, CONVERSATION) == Refused(code="x")
