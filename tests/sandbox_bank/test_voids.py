"""A voided key moves nothing, ever; a key that has moved money says so when it is voided."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import BankClient, StartBank

CUSTOMER, LOAN = "chen-xiaoming", "loan-chen-1"
KEY = "key-of-the-one"
VOIDED = (200, {"key": KEY, "state": "voided"})


async def void(bank: BankClient, subject: str, key: str = KEY) -> tuple[int, Any]:
    return await bank.call("POST", f"/v1/repayments/{key}/void", subject=subject)


async def test_a_late_copy_of_a_voided_call_is_refused_and_moves_nothing(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    before = await bank.standing(subject, LOAN)
    status, unknown = await bank.call("GET", f"/v1/repayments/by-key/{KEY}", subject=subject)
    assert (status, unknown["code"]) == (404, "key_unknown")
    assert await void(bank, subject) == VOIDED
    assert await void(bank, subject) == VOIDED
    for other in (body, body | {"total_fen": 1}):
        status, refusal = await bank.repay(subject, other, KEY)
        assert (status, refusal["code"]) == (409, "key_voided")
    assert await bank.standing(subject, LOAN) == before
    assert (await bank.repay(subject, body, "key-of-the-next"))[0] == 201


async def test_voiding_a_key_that_has_posted_answers_with_the_posting(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    _, posted = await bank.repay(subject, body, KEY)
    assert await void(bank, subject) == (200, posted)
    assert await bank.repay(subject, body, KEY) == (201, posted)
    assert len(await bank.postings(LOAN)) == 1


async def test_voiding_a_key_under_way_answers_that_and_does_not_stop_it(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    await bank.fault("processing", "/v1/repayments", method="POST", seconds=30)
    _, under_way = await bank.repay(subject, body, KEY)
    assert await void(bank, subject) == (200, under_way)
    bank.clock.advance(seconds=31)
    assert len(await bank.postings(LOAN)) == 1


async def test_a_key_that_was_refused_is_voided_and_keeps_its_refusal(bank: BankClient) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    body["step_up_id"] = "none"
    refused = await bank.repay(subject, body, KEY)
    assert refused[1]["code"] == "step_up_missing"
    assert await void(bank, subject) == VOIDED
    assert await bank.repay(subject, body, KEY) == refused


@pytest.mark.parametrize("voids_first", [True, False])
async def test_of_voiding_and_many_late_copies_exactly_one_wins(
    bank: BankClient, *, voids_first: bool
) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    copies = [bank.repay(subject, body, KEY) for _ in range(20)]
    voids = [void(bank, subject) for _ in range(20)]
    calls = [call for pair in zip(voids, copies, strict=True) for call in pair]
    answers = await asyncio.gather(*(calls if voids_first else reversed(calls)))
    was_voided = VOIDED in answers
    assert len(await bank.postings(LOAN)) == (0 if was_voided else 1)
    assert {status for status, _ in answers} == ({200, 409} if was_voided else {200, 201})


async def test_a_voided_key_outlives_a_restart(start_bank: StartBank, tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    first = await start_bank(path)
    subject = await first.bind(CUSTOMER)
    body = await first.prepare(subject, CUSTOMER, LOAN, 300_000)
    await void(first, subject)
    second = await start_bank(path)
    assert (await second.repay(subject, body, KEY))[1]["code"] == "key_voided"


async def test_a_revoked_subject_may_still_find_out_and_void_but_not_repay(
    bank: BankClient,
) -> None:
    subject = await bank.bind(CUSTOMER)
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    await bank.fault("drop_reply", "/v1/repayments", method="POST")
    with pytest.raises(aiohttp.ClientError):
        await bank.repay(subject, body, KEY)
    await bank.call("DELETE", "/v1/identities/current", subject=subject)
    found = await bank.get(f"/v1/repayments/by-key/{KEY}", subject)
    assert found["state"] == "succeeded"
    assert await void(bank, subject) == (200, found)
    assert (await void(bank, subject, "key-of-the-next"))[0] == 200
    assert (await bank.repay(subject, body, KEY))[1]["code"] == "subject_revoked"


async def test_a_key_belongs_to_its_customer_and_has_its_form(bank: BankClient) -> None:
    subject, other = await bank.bind(CUSTOMER), await bank.bind("li-fang")
    body = await bank.prepare(subject, CUSTOMER, LOAN, 300_000)
    assert await void(bank, other) == VOIDED
    assert (await bank.repay(subject, body, KEY))[0] == 201
    status, refusal = await void(bank, subject, "short")
    assert (status, refusal["code"]) == (400, "key_invalid")
    status, refusal = await bank.call(
        "POST", f"/v1/repayments/{KEY}/void", {"why": "x"}, subject=subject
    )
    assert (status, refusal["code"]) == (400, "invalid_request")
