"""One key, one result: however often, however many at once, over lost replies and restarts."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import BankClient, StartBank

CUSTOMER, LOAN, ACCOUNT = "chen-xiaoming", "loan-chen-1", "acc-chen-1"


async def test_the_same_key_answers_with_the_first_result(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    first = await bank.repay(subject, body, "key-of-the-one")
    again = await bank.repay(subject, dict(reversed(body.items())), "key-of-the-one")
    assert first == again
    assert (await bank.get("/v1/repayments/by-key/key-of-the-one", subject)) == first[1]
    assert len(await bank.postings(LOAN)) == 1


async def test_the_same_key_with_another_request_is_refused(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    await bank.repay(subject, body, "key-of-the-one")
    other = await bank.prepare(subject, CUSTOMER, LOAN, 200_000)
    status, answer = await bank.repay(subject, other, "key-of-the-one")
    assert (status, answer["code"]) == (422, "key_reused")
    status, answer = await bank.call(
        "POST", "/v1/cards/card-chen-1/freeze", {}, subject=subject, key="key-of-the-one"
    )
    assert (status, answer["code"]) == (422, "key_reused")
    assert len(await bank.postings(LOAN)) == 1


async def test_a_hundred_confirms_at_once_are_one_posting(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    answers = await asyncio.gather(
        *(bank.repay(subject, body, "key-of-the-one") for _ in range(100))
    )
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0] == 201
    assert len(await bank.postings(LOAN)) == 1


async def test_a_hundred_keys_for_one_step_up_are_one_posting(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    answers = await asyncio.gather(
        *(bank.repay(subject, body, bank.fresh_key()) for _ in range(100))
    )
    codes = sorted(answer.get("code", "done") for _, answer in answers)
    assert codes == ["done"] + ["step_up_mismatch"] * 99
    assert len(await bank.postings(LOAN)) == 1


async def test_a_refusal_is_final_for_its_key_and_moves_nothing(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    quote = await bank.quote(subject, LOAN, 300_000)
    step_up_id, token = await bank.ask_step_up(
        subject, resource_id=LOAN, amount_fen=300_000, account_id=ACCOUNT
    )
    body = {name: quote[name] for name in ("quote_id", "loan_id", "total_fen", "account_id")}
    body["step_up_id"] = step_up_id
    before = await bank.standing(subject, LOAN)
    refused = await bank.repay(subject, body, "key-too-early")
    assert refused[1]["code"] == "step_up_missing"
    await bank.call("POST", f"/sandbox/step-ups/{token}/approve", {"customer": CUSTOMER})
    assert await bank.repay(subject, body, "key-too-early") == refused
    assert await bank.standing(subject, LOAN) == before
    status, _ = await bank.call("GET", "/v1/repayments/by-key/key-too-early", subject=subject)
    assert status == 404
    assert (await bank.repay(subject, body, "key-in-time"))[0] == 201


async def test_a_malformed_request_does_not_use_the_key_up(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    status, _ = await bank.repay(subject, body | {"total_fen": "much"}, "key-of-the-one")
    assert status == 400
    assert (await bank.repay(subject, body, "key-of-the-one"))[0] == 201


async def test_a_lost_reply_is_found_by_key_and_repeating_it_moves_nothing(
    bank: BankClient,
) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    await bank.fault("drop_reply", "/v1/repayments", method="POST")
    with pytest.raises(aiohttp.ClientError):
        await bank.repay(subject, body, "key-of-the-one")
    found = await bank.get("/v1/repayments/by-key/key-of-the-one", subject)
    assert found["state"] == "succeeded"
    assert await bank.repay(subject, body, "key-of-the-one") == (201, found)
    assert len(await bank.postings(LOAN)) == 1


async def test_keys_and_money_outlive_a_restart(start_bank: StartBank, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "book.sqlite"
    first = await start_bank(path)
    subject = await first.bind(CUSTOMER)
    body = await first.prepare(subject, CUSTOMER, LOAN, 300_000)
    answer = await first.repay(subject, body, "key-of-the-one")
    second = await start_bank(path)
    assert await second.repay(subject, body, "key-of-the-one") == answer
    assert await second.get("/v1/repayments/by-key/key-of-the-one", subject) == answer[1]
    assert len(await second.postings(LOAN)) == 1
