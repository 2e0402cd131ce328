"""Money: it moves by exactly what was quoted and confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import BankClient

CUSTOMER, LOAN = "chen-xiaoming", "loan-chen-1"


@pytest.mark.parametrize("amount_fen", [None, 300_000])
async def test_a_repayment_changes_account_loan_lenders_limit_and_ledger_by_what_was_quoted(
    bank: BankClient, amount_fen: int | None
) -> None:
    subject = await bank.bind(CUSTOMER)
    before = await bank.standing(subject, LOAN)
    quote = await bank.quote(subject, LOAN, amount_fen)
    assert quote["total_fen"] == sum(
        quote[name] for name in ("principal_fen", "interest_fen", "penalty_fen", "fee_fen")
    )
    assert quote["kind"] == ("partial" if amount_fen else "full")
    body = await bank.prepare(subject, CUSTOMER, LOAN, amount_fen)
    status, repayment = await bank.repay(subject, body, "key-of-the-one")
    assert (status, repayment["state"]) == (201, "succeeded")
    after = await bank.standing(subject, LOAN)

    total_fen, left_fen = quote["total_fen"], quote["outstanding_after_fen"]
    assert repayment["total_fen"] == total_fen
    assert repayment["outstanding_fen"] == left_fen == after["lenders"]["outstanding_fen"]
    balances = [s["accounts"]["accounts"][0]["balance_fen"] for s in (before, after)]
    assert balances[0] - balances[1] == total_fen
    newest = after["transactions"]["transactions"][0]
    assert (newest["amount_fen"], newest["balance_fen"]) == (-total_fen, balances[1])
    assert sum(row["outstanding_fen"] for row in after["lenders"]["lenders"]) == left_fen
    open_fen = sum(
        row["principal_fen"] for row in after["schedule"]["installments"] if row["state"] != "paid"
    )
    assert open_fen == left_fen
    freed_fen = (
        after["limits"]["limits"][0]["available_fen"]
        - before["limits"]["limits"][0]["available_fen"]
    )
    assert freed_fen == quote["principal_fen"]
    assert [(row["key"], row["amount_fen"]) for row in after["postings"]] == [
        ("key-of-the-one", total_fen)
    ]


async def test_the_car_loan_costs_its_sample_fee_when_settled_early(bank: BankClient) -> None:
    subject = await bank.bind("zhao-qiang")
    quote = await bank.quote(subject, "loan-zhao-1")
    assert quote["fee_fen"] == 135_000  # 3 % of 45,000 yuan
    body = await bank.prepare(subject, "zhao-qiang", "loan-zhao-1")
    status, answer = await bank.repay(subject, body, bank.fresh_key())
    assert (status, answer["outstanding_fen"]) == (201, 0)
    shares = await bank.get("/v1/loans/loan-zhao-1/lenders", subject)
    assert [row["outstanding_fen"] for row in shares["lenders"]] == [0, 0]


async def test_paying_the_arrears_makes_an_overdue_loan_active(bank: BankClient) -> None:
    subject = await bank.bind("li-fang")
    due = await bank.get("/v1/loans/loan-li-1/due", subject)
    body = await bank.prepare(subject, "li-fang", "loan-li-1", due["total_fen"])
    status, _ = await bank.repay(subject, body, bank.fresh_key())
    assert status == 201
    loan = (await bank.get("/v1/loans", subject))["loans"][0]
    assert loan["state"] == "active"
    assert loan["next_due_on"] > due["due_on"]


@pytest.mark.parametrize(("kind", "end"), [("processing", "succeeded"), ("failing", "failed")])
async def test_a_repayment_under_way_holds_the_money_and_is_decided_once(
    bank: BankClient, kind: str, end: str
) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    other = await bank.prepare(subject, CUSTOMER, LOAN, 200_000)
    before = await bank.standing(subject, LOAN)
    await bank.fault(kind, "/v1/repayments", method="POST", seconds=30)
    status, answer = await bank.repay(subject, body, "key-of-the-one")
    assert (status, answer["state"], answer["receipt_no"]) == (201, "processing", None)
    assert await bank.postings(LOAN) == []
    held = (await bank.get("/v1/accounts", subject))["accounts"][0]
    assert held["balance_fen"] - held["available_fen"] == 300_000
    status, refusal = await bank.repay(subject, other, bank.fresh_key())
    assert (status, refusal["code"]) == (409, "loan_busy")

    bank.clock.advance(seconds=31)
    found = await bank.get("/v1/repayments/by-key/key-of-the-one", subject)
    assert found["state"] == end
    assert await bank.repay(subject, body, "key-of-the-one") == (201, answer)
    free = (await bank.get("/v1/accounts", subject))["accounts"][0]
    assert free["balance_fen"] == free["available_fen"]
    if end == "failed":
        assert found["failure_code"] == "core_rejected"
        assert await bank.standing(subject, LOAN) == before
    else:
        assert [row["amount_fen"] for row in await bank.postings(LOAN)] == [300_000]
        assert (await bank.get(f"/v1/loans/{LOAN}/lenders", subject))["outstanding_fen"] == found[
            "outstanding_fen"
        ]


async def test_after_a_failed_repayment_the_quote_may_be_confirmed_again(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    quote = await bank.quote(subject, LOAN, 300_000)
    body = {name: quote[name] for name in ("quote_id", "loan_id", "total_fen", "account_id")}
    await bank.fault("failing", "/v1/repayments", method="POST", seconds=0)
    for state in ("processing", "succeeded"):
        body["step_up_id"] = await bank.approved_step_up(subject, CUSTOMER, quote)
        status, answer = await bank.repay(subject, body, bank.fresh_key())
        assert (status, answer["state"]) == (201, state)
    assert len(await bank.postings(LOAN)) == 1
