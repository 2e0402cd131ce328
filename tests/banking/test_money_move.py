"""The life of a money move: every state with every event, and what answers mean."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from servicebot.banking.money_move import (
    MoveEvent,
    after,
    answer_to_tell,
    heard_by_key,
    heard_from_call,
)
from servicebot.domain.bank_results import (
    Accounts,
    BankResult,
    Refused,
    Repayment,
    Unreachable,
    Voided,
)
from servicebot.domain.money import OPEN, MoneyMove, MoveState
from servicebot.domain.refusals import ENDS_REPAYMENT, KEY_UNKNOWN

ENDS = {MoveState.SUCCEEDED, MoveState.FAILED, MoveState.GIVEN_UP}
SURE = {
    MoveEvent.SUCCEEDED: MoveState.SUCCEEDED,
    MoveEvent.FAILED: MoveState.FAILED,
    MoveEvent.REFUSED: MoveState.FAILED,
    MoveEvent.VOIDED: MoveState.FAILED,
    MoveEvent.TOO_OLD: MoveState.GIVEN_UP,
}
MOVE = MoneyMove(
    key="key-1",
    conversation_id="web:c1",
    channel="web",
    sender="c1",
    subject="s",
    what="loan.repay",
    amount_fen=100,
    begun_at=datetime(2026, 11, 23, tzinfo=UTC),
    state=MoveState.UNKNOWN,
)
DONE = Repayment(
    repayment_id="r", state="succeeded", total_fen=100, outstanding_fen=0, receipt_no="R"
)
ODD = (
    replace(DONE, state="accepted"),
    replace(DONE, total_fen=1),
    replace(DONE, outstanding_fen=-1),
    replace(DONE, state="failed", total_fen=101),
)
NO_WORD = (
    Unreachable(),
    Unreachable(maybe_done=True),
    Accounts(items=()),
    *(
        Refused(code=code)
        for code in ("refused", "not_found", "subject_revoked", "key_reused", "rate_limited")
    ),
)


@pytest.mark.parametrize(("state", "event"), list(product(MoveState, MoveEvent)))
def test_every_state_has_a_next_one_for_every_event(state: MoveState, event: MoveEvent) -> None:
    following = after(state, event)
    if event is MoveEvent.SENT:
        assert following is (state if state in OPEN else MoveState.INTENT)
    elif state not in OPEN:
        assert following is state
    elif event in SURE:
        assert following is SURE[event]
    elif event is MoveEvent.STILL_ODD:
        assert following is MoveState.DISPUTED
    else:
        assert following is (MoveState.UNKNOWN if state is MoveState.INTENT else state)


def test_only_what_the_bank_is_sure_of_ends_a_move_as_not_done() -> None:
    for state, event in product(OPEN, MoveEvent):
        if after(state, event) is MoveState.FAILED:
            assert event in {MoveEvent.REFUSED, MoveEvent.FAILED, MoveEvent.VOIDED}


@pytest.mark.parametrize("code", sorted(ENDS_REPAYMENT))
def test_a_refusal_of_the_contract_ends_the_call_but_never_by_key(code: str) -> None:
    assert heard_from_call(MOVE, Refused(code=code)) is MoveEvent.REFUSED
    assert heard_by_key(MOVE, Refused(code=code)) is MoveEvent.NO_ANSWER


@pytest.mark.parametrize("result", NO_WORD)
def test_whatever_else_is_no_answer(result: BankResult) -> None:
    assert heard_from_call(MOVE, result) is MoveEvent.NO_ANSWER
    assert heard_by_key(MOVE, result) is MoveEvent.NO_ANSWER


def test_no_such_key_means_something_only_by_key() -> None:
    unknown = Refused(code=KEY_UNKNOWN)
    assert heard_by_key(MOVE, unknown) is MoveEvent.NO_SUCH_KEY
    assert heard_from_call(MOVE, unknown) is MoveEvent.NO_ANSWER


def test_voided_counts_for_its_own_key() -> None:
    assert heard_by_key(MOVE, Voided(key="key-1")) is MoveEvent.VOIDED
    assert heard_by_key(MOVE, Voided(key="key-2")) is MoveEvent.NO_ANSWER
    assert heard_from_call(MOVE, Voided(key="key-1")) is MoveEvent.NO_ANSWER


@pytest.mark.parametrize(
    ("state", "event"),
    [
        ("succeeded", MoveEvent.SUCCEEDED),
        ("failed", MoveEvent.FAILED),
        ("processing", MoveEvent.UNDER_WAY),
    ],
)
def test_an_answer_that_fits_is_taken_as_it_is(state: str, event: MoveEvent) -> None:
    answer = replace(DONE, state=state)
    assert heard_from_call(MOVE, answer) is heard_by_key(MOVE, answer) is event
    assert answer_to_tell(event, answer) == answer


@pytest.mark.parametrize("answer", ODD)
def test_an_answer_that_does_not_fit_is_not_told(answer: Repayment) -> None:
    event = heard_from_call(MOVE, answer)
    assert event is MoveEvent.ODD
    assert heard_by_key(MOVE, answer) is MoveEvent.STILL_ODD
    assert answer_to_tell(event, answer) == Unreachable(maybe_done=True)
