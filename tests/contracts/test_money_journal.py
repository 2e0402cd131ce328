"""What every money journal promises."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import AT

from servicebot.domain.bank_results import Refused, Repayment
from servicebot.domain.money import MoneyMove, MoveState

POSTED = Repayment(
    repayment_id="r", state="succeeded", total_fen=203_140, outstanding_fen=0, receipt_no="R1"
)


def move(key: str, *, after_s: float = 0.0) -> MoneyMove:
    return MoneyMove(
        key=key,
        conversation_id="wechat:c1",
        channel="wechat",
        sender="c1",
        subject="subject",
        what="loan.repay",
        amount_fen=203_140,
        begun_at=AT + timedelta(seconds=after_s),
        state=MoveState.INTENT,
    )


async def test_an_intent_is_written_as_it_is(stores: LedgerUnderTest) -> None:
    assert await stores.journal.begin(move("k1")) == move("k1")
    assert await stores.journal.unresolved() == (move("k1"),)


async def test_a_known_key_is_left_as_it_stands(stores: LedgerUnderTest) -> None:
    await stores.journal.begin(move("k1"))
    await stores.journal.settle("k1", MoveState.SUCCEEDED)
    again = await stores.journal.begin(replace(move("k1"), amount_fen=1))
    assert again == replace(move("k1"), state=MoveState.SUCCEEDED)
    assert await stores.journal.unresolved() == ()


async def test_a_hundred_intents_of_one_key_are_one_line(stores: LedgerUnderTest) -> None:
    begun = await asyncio.gather(
        *(stores.journal.begin(replace(move("k1"), amount_fen=fen)) for fen in range(1, 101))
    )
    assert len({line.amount_fen for line in begun}) == 1
    assert len(await stores.journal.unresolved()) == 1


@pytest.mark.parametrize("state", MoveState)
async def test_only_moves_without_an_end_are_unresolved(
    stores: LedgerUnderTest, state: MoveState
) -> None:
    await stores.journal.begin(move("k1"))
    await stores.journal.settle("k1", state)
    open_still = state in {MoveState.INTENT, MoveState.UNKNOWN, MoveState.DISPUTED}
    assert [line.state for line in await stores.journal.unresolved()] == [state] * open_still


async def test_an_end_with_its_answer_is_kept_and_stays(stores: LedgerUnderTest) -> None:
    await stores.journal.begin(move("k1"))
    refused = Refused(code="insufficient_funds")
    await stores.journal.settle("k1", MoveState.FAILED, refused)
    await stores.journal.settle("k1", MoveState.UNKNOWN)
    await stores.journal.settle("k1", MoveState.SUCCEEDED, POSTED)
    kept = await stores.journal.begin(move("k1"))
    assert (kept.state, kept.answer) == (MoveState.FAILED, refused)
    assert await stores.journal.unresolved() == ()


async def test_a_posting_comes_back_as_it_was_written(stores: LedgerUnderTest) -> None:
    await stores.journal.begin(move("k1"))
    await stores.journal.settle("k1", MoveState.SUCCEEDED, POSTED)
    assert (await stores.journal.begin(move("k1"))).answer == POSTED


async def test_unresolved_moves_come_oldest_first(stores: LedgerUnderTest) -> None:
    for number in (3, 1, 2):
        await stores.journal.begin(move(f"k{number}", after_s=number))
    assert [line.key for line in await stores.journal.unresolved()] == ["k1", "k2", "k3"]


async def test_settling_an_unknown_key_writes_nothing(stores: LedgerUnderTest) -> None:
    await stores.journal.settle("nobody", MoveState.UNKNOWN)
    assert await stores.journal.unresolved() == ()
