"""What the reading calls answer; every answer's shape is checked by the client."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import BankClient

READS = (
    "/v1/me",
    "/v1/accounts",
    "/v1/cards",
    "/v1/transactions",
    "/v1/loans",
    "/v1/limits",
    "/v1/applications",
    "/v1/holdings",
)


async def test_every_customer_can_read_everything_that_is_theirs(bank: BankClient) -> None:
    customers = (await bank.get("/sandbox/customers"))["customers"]
    assert len(customers) == 15
    assert len({sample["pin"] for sample in customers}) == 15
    for sample in customers:
        subject = await bank.bind(sample["customer"])
        for path in READS:
            await bank.get(path, subject)
        for loan in (await bank.get("/v1/loans", subject))["loans"]:
            await check_loan(bank, subject, loan)


async def check_loan(bank: BankClient, subject: str, loan: dict[str, object]) -> None:
    path = f"/v1/loans/{loan['loan_id']}"
    due = await bank.get(f"{path}/due", subject)
    assert due["total_fen"] == due["principal_fen"] + due["interest_fen"] + due["penalty_fen"]
    assert (due["due_on"], due["total_fen"]) == (loan["next_due_on"], loan["next_due_fen"])
    rows = (await bank.get(f"{path}/schedule", subject))["installments"]
    assert sum(row["principal_fen"] for row in rows) == loan["principal_fen"]
    open_fen = sum(row["principal_fen"] for row in rows if row["state"] != "paid")
    assert open_fen == loan["outstanding_fen"]
    shares = await bank.get(f"{path}/lenders", subject)
    parts_fen = sum(lender["outstanding_fen"] for lender in shares["lenders"])
    assert parts_fen == shares["outstanding_fen"] == loan["outstanding_fen"]


async def test_the_samples_cover_every_line_and_every_state(bank: BankClient) -> None:
    seen: dict[str, set[str]] = {}
    for sample in (await bank.get("/sandbox/customers"))["customers"]:
        subject = await bank.bind(sample["customer"])
        for path in READS[1:]:
            for row in next(iter((await bank.get(path, subject)).values())):
                for name in {"product", "state", "method"} & row.keys():
                    seen.setdefault(f"{path} {name}", set()).add(row[name])
    assert len(seen["/v1/loans product"]) == 6
    assert seen["/v1/loans state"] == {"active", "overdue", "settled"}
    assert seen["/v1/loans method"] == {"equal_installment", "interest_first", "daily_interest"}
    assert seen["/v1/limits state"] == {"open", "frozen", "closed"}
    assert len(seen["/v1/applications state"]) == 5
    assert seen["/v1/holdings state"] == {"held", "redeeming"}
    assert seen["/v1/cards state"] == {"active", "frozen", "lost"}
    assert seen["/v1/accounts state"] == {"active", "frozen"}


async def test_the_masked_name_is_all_that_is_told_of_a_person(bank: BankClient) -> None:
    names = {
        customer: (await bank.get("/v1/me", await bank.bind(customer)))["display_name"]
        for customer in ("chen-xiaoming", "li-fang", "james-carter")
    }
    assert names == {
        "chen-xiaoming": "陈*明",
        "li-fang": "李*",
        "james-carter": "J*** Carter",
    }


async def test_transactions_are_the_newest_first_and_their_balances_run(bank: BankClient) -> None:
    subject = await bank.bind("chen-xiaoming")
    path = "/v1/transactions?account_id=acc-chen-1&limit=200"
    rows = (await bank.get(path, subject))["transactions"]
    assert [row["posted_at"] for row in rows] == sorted(
        (row["posted_at"] for row in rows), reverse=True
    )
    for newer, older in pairwise(rows):
        assert newer["balance_fen"] == older["balance_fen"] + newer["amount_fen"]
    accounts = (await bank.get("/v1/accounts", subject))["accounts"]
    assert accounts[0]["balance_fen"] == rows[0]["balance_fen"]
    two = (await bank.get("/v1/transactions?account_id=acc-chen-1&limit=2", subject))[
        "transactions"
    ]
    assert two == rows[:2]
    every = (await bank.get("/v1/transactions?limit=200", subject))["transactions"]
    assert len(every) == len(rows) + 1


@pytest.mark.parametrize("limit", ["0", "201", "-1", "abc", "٣", "1" * 5000])
async def test_a_limit_out_of_bounds_is_refused(bank: BankClient, limit: str) -> None:
    subject = await bank.bind("chen-xiaoming")
    status, answer = await bank.call("GET", f"/v1/transactions?limit={limit}", subject=subject)
    assert (status, answer["code"]) == (400, "invalid_request")


async def test_an_overdue_loan_shows_its_days_and_penalty(bank: BankClient) -> None:
    subject = await bank.bind("li-fang")
    due = await bank.get("/v1/loans/loan-li-1/due", subject)
    assert due["overdue_days"] == 9
    assert due["penalty_fen"] > 0
    rows = (await bank.get("/v1/loans/loan-li-1/schedule", subject))["installments"]
    assert [row["state"] for row in rows[:6]] == ["paid"] * 3 + ["overdue", "due", "planned"]


async def test_a_settled_loan_has_nothing_due(bank: BankClient) -> None:
    subject = await bank.bind("chen-xiaoming")
    due = await bank.get("/v1/loans/loan-chen-3/due", subject)
    assert (due["due_on"], due["total_fen"], due["overdue_days"]) == (None, 0, 0)


async def test_the_joint_lenders_hold_their_shares(bank: BankClient) -> None:
    subject = await bank.bind("chen-xiaoming")
    answer = await bank.get("/v1/loans/loan-chen-2/lenders", subject)
    assert [(row["share_ppm"], row["outstanding_fen"]) for row in answer["lenders"]] == [
        (200_000, 60_001),  # of 300,007 fen: 60,001.4
        (800_000, 240_006),  # 240,005.6
    ]


async def test_a_frozen_limit_or_account_has_nothing_available(bank: BankClient) -> None:
    limits = (await bank.get("/v1/limits", await bank.bind("li-fang")))["limits"]
    assert (limits[0]["available_fen"], limits[0]["reason_code"]) == (0, "overdue")
    accounts = (await bank.get("/v1/accounts", await bank.bind("he-jun")))["accounts"]
    assert [(row["balance_fen"] > 0, row["available_fen"] > 0) for row in accounts] == [
        (True, True),
        (True, False),
    ]
