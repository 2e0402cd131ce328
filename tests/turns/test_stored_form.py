"""Conversations that were stored by an older version are still read."""

import json
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from servicebot.domain.bank_results import Refused, Repayment
from servicebot.domain.conversation import Conversation
from servicebot.domain.errors import UnreadableError
from servicebot.domain.messages import BankEvent, BankNews
from servicebot.domain.money import MoneyEnd, MoveState
from servicebot.domain.task import (
    AccountRef,
    Asked,
    CardFreeze,
    CardRef,
    Choice,
    DueNow,
    EarlyRepayment,
    Linking,
    LoanRef,
    Lookup,
    OfAccount,
    OfLoan,
    Page,
    Question,
    Sum,
    Task,
    TaskState,
    Terms,
    Unlinking,
    WholeLoan,
)
from servicebot.turns.stored_form import from_json, to_json


def test_a_conversation_stored_without_what_it_was_about_is_read() -> None:
    made = Conversation(id="web:c1", channel="web", sender="c1")
    old = json.loads(to_json(made))
    del old["last_product"], old["last_loan"]
    assert from_json(Conversation, json.dumps(old)) == made


def test_what_the_last_answer_was_about_is_kept() -> None:
    made = Conversation(
        id="web:c1", channel="web", sender="c1", last_product="weichedai", last_loan="loan-2"
    )
    assert from_json(Conversation, to_json(made)) == made


NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ACCOUNT = AccountRef(id="acc-1", tail="6688")
LOAN = LoanRef(id="loan-1", product="weilidai")
TERMS = Terms(
    quote_id="q", total_fen=50_000, account=ACCOUNT, valid_until=NOW + timedelta(minutes=10)
)
STATES: tuple[TaskState, ...] = (
    Lookup(),
    OfAccount(account=ACCOUNT),
    OfLoan(),
    OfLoan(loan=LOAN),
    CardFreeze(card=CardRef(id="card-1", tail="1234"), agreed=True),
    EarlyRepayment(),
    EarlyRepayment(loan=LOAN, amount=WholeLoan()),
    EarlyRepayment(loan=LOAN, amount=DueNow()),
    EarlyRepayment(
        loan=LOAN,
        amount=Sum(fen=50_000),
        terms=TERMS,
        agreed=True,
        page=Page(step_up_id="su-1", url="https://bank.example/s"),
    ),
    Linking(),
    Unlinking(),
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.kind)
def test_a_task_comes_back_in_the_state_it_was_stored_in(state: TaskState) -> None:
    choice = Choice(id="loan-1", label="loan-1", product="weilidai", tail="an-1")
    asked = Asked(question=Question.WHICH_LOAN, choices=(choice,), at=NOW)
    task = Task(id="t", intent="loan.due", flow="due", state=state, asked=asked, begun_at=NOW)
    made = Conversation(id="web:c1", channel="web", sender="c1", task=task, paused=(task,))
    assert from_json(Conversation, to_json(made)) == made


def test_every_kind_of_state_is_stored_here() -> None:
    assert {type(state) for state in STATES} == set(get_args(TaskState))


POSTED = Repayment(
    repayment_id="r", state="succeeded", total_fen=1, outstanding_fen=0, receipt_no="R"
)


@pytest.mark.parametrize("answer", [POSTED, Refused(code="key_voided"), None])
def test_news_of_money_comes_back_with_its_end(answer: Repayment | Refused | None) -> None:
    end = MoneyEnd(state=MoveState.SUCCEEDED, product="weilidai", answer=answer)
    event = BankEvent(news=BankNews.MONEY_SETTLED, reference_id="key-1", end=end)
    assert from_json(BankEvent, to_json(event)) == event


def test_news_of_the_edition_before_has_no_end() -> None:
    stored = b'{"news":"money.settled","reference_id":"key-1","kind":"bank_event"}'
    assert from_json(BankEvent, stored).end is None


@pytest.mark.parametrize(
    ("stored", "place"),
    [
        ('{"id": "web:c1", "channel": "web"}', "missing at sender"),
        ('{"id": "不能说", "channel": 5, "sender": "c1"}', "string_type at channel"),
        (
            '{"id": "i", "channel": "c", "sender": "s", "unsettled": {"不能说": 5}}',
            "string_type at unsettled.…",
        ),
        ("不能说", "json_invalid at the beginning"),
    ],
)
def test_what_cannot_be_read_says_where_and_never_what_stands_there(
    stored: str, place: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        from_json(Conversation, stored)
    assert str(caught.value) == f"Conversation: {place}"
    assert caught.value.__cause__ is None
    assert "不能说" not in str(caught.value)
