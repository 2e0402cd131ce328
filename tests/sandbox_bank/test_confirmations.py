"""What was not quoted and confirmed just so moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import BankClient, StartBank

CUSTOMER, LOAN, ACCOUNT = "chen-xiaoming", "loan-chen-1", "acc-chen-1"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"total_fen": 300_001}, "quote_changed"),
        ({"account_id": "acc-chen-2"}, "quote_changed"),
        ({"loan_id": "loan-chen-2"}, "quote_changed"),
        ({"step_up_id": "stp_nobody"}, "step_up_missing"),
        ({"step_up_id": None}, "step_up_missing"),
    ],
)
async def test_a_body_that_differs_from_the_quote_moves_nothing(
    bank: BankClient, change: dict[str, object], code: str
) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    before = await bank.standing(subject, LOAN)
    status, answer = await bank.repay(subject, body | change, bank.fresh_key())
    assert (status, answer["code"]) == (409, code)
    assert await bank.standing(subject, LOAN) == before


@pytest.mark.parametrize(
    "change",
    [
        {"amount_fen": 299_999},
        {"account_id": "acc-chen-2"},
        {"resource_id": "loan-chen-2"},
        {"operation": "card.freeze", "amount_fen": 0, "resource_id": "card-chen-1"},
    ],
)
async def test_a_step_up_given_for_something_else_moves_nothing(
    bank: BankClient, change: dict[str, object]
) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    wanted = {"resource_id": LOAN, "amount_fen": 300_000, "account_id": ACCOUNT} | change
    step_up_id, token = await bank.ask_step_up(subject, **wanted)
    await bank.call("POST", f"/sandbox/step-ups/{token}/approve", {"customer": CUSTOMER})
    before = await bank.standing(subject, LOAN)
    status, answer = await bank.repay(subject, body | {"step_up_id": step_up_id}, bank.fresh_key())
    assert (status, answer["code"]) == (409, "step_up_mismatch")
    assert await bank.standing(subject, LOAN) == before


async def test_a_step_up_of_the_same_customer_on_another_channel_does_not_count(
    bank: BankClient,
) -> None:
    subject, other = await bank.bind(CUSTOMER, "u1"), await bank.bind(CUSTOMER, "u2")
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    status, answer = await bank.repay(other, body, bank.fresh_key())
    assert (status, answer["code"]) == (409, "step_up_mismatch")


async def test_an_expired_quote_moves_nothing(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    quote = await bank.quote(subject, LOAN, 300_000)
    bank.clock.advance(minutes=9)
    step_up_id = await bank.approved_step_up(subject, CUSTOMER, quote)
    bank.clock.advance(minutes=1)
    body = {name: quote[name] for name in ("quote_id", "loan_id", "total_fen", "account_id")}
    status, answer = await bank.repay(subject, body | {"step_up_id": step_up_id}, "key-too-late")
    assert (status, answer["code"]) == (409, "quote_expired")
    assert await bank.postings(LOAN) == []


async def test_a_quote_overtaken_by_another_repayment_has_changed(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    first = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    second = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    payoff = await bank.prepare(subject, CUSTOMER, LOAN)
    assert (await bank.repay(subject, first, bank.fresh_key()))[0] == 201
    for overtaken in (second, payoff):
        status, answer = await bank.repay(subject, overtaken, bank.fresh_key())
        assert (status, answer["code"]) == (409, "quote_changed")
    assert len(await bank.postings(LOAN)) == 1


async def test_a_quote_over_midnight_has_changed_when_the_interest_has(
    start_bank: StartBank,
) -> None:
    bank = await start_bank(today=None)
    bank.clock.advance(hours=11, minutes=58)  # 23:58 in Shanghai
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN)
    bank.clock.advance(minutes=4)
    status, answer = await bank.repay(subject, body, "key-after-midnight")
    assert (status, answer.get("code")) == (409, "quote_changed")
    body = await bank.prepare(subject, CUSTOMER, LOAN)
    assert (await bank.repay(subject, body, "key-of-the-new-day"))[0] == 201


async def test_too_little_money_moves_nothing(bank: BankClient) -> None:
    subject = await bank.bind("xu-mei")
    body = await bank.prepare(subject, "xu-mei", "loan-xu-1")
    before = await bank.standing(subject, "loan-xu-1")
    status, answer = await bank.repay(subject, body, bank.fresh_key())
    assert (status, answer["code"]) == (409, "insufficient_funds")
    assert await bank.standing(subject, "loan-xu-1") == before


@pytest.mark.parametrize(
    ("loan_id", "body", "code"),
    [
        ("loan-chen-3", {}, "nothing_owed"),
        (LOAN, {"amount_fen": 0}, "amount_too_small"),
        (LOAN, {"amount_fen": 10**12}, "amount_too_large"),
    ],
)
async def test_a_settled_loan_and_odd_amounts_get_no_quote(
    bank: BankClient, loan_id: str, body: dict[str, int], code: str
) -> None:
    subject = await bank.bind(CUSTOMER)
    path = f"/v1/loans/{loan_id}/quotes"
    status, answer = await bank.call("POST", path, body, subject=subject)
    assert (status, answer["code"]) == (409, code)
    if "max_fen" in answer:
        assert (await bank.quote(subject, loan_id, answer["max_fen"]))["kind"] == "full"


async def test_a_quote_names_the_least_amount_where_a_part_may_be_repaid(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    for amount_fen in (None, 300_000):
        assert (await bank.quote(subject, LOAN, amount_fen))["min_fen"] == 10_000
    path = f"/v1/loans/{LOAN}/quotes"
    _, answer = await bank.call("POST", path, {"amount_fen": 9_999}, subject=subject)
    assert (answer["code"], answer["min_fen"]) == ("amount_too_small", 10_000)
