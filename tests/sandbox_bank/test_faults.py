"""Faults come when they were asked for, as often as asked, and nowhere else."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import aiohttp
import pytest

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import BankClient


@pytest.mark.parametrize(
    ("kind", "status", "code"), [("error", 500, "internal_error"), ("refuse", 503, "unavailable")]
)
async def test_an_error_comes_as_often_as_asked(
    bank: BankClient, kind: str, status: int, code: str
) -> None:
    subject = await bank.bind("ma-lin")
    await bank.fault(kind, "/v1/me", 2)
    for _ in range(2):
        found, answer = await bank.call("GET", "/v1/me", subject=subject)
        assert (found, answer["code"]) == (status, code)
        await bank.get("/v1/accounts", subject)
    await bank.get("/v1/me", subject)


async def test_a_fault_may_be_kept_to_one_method(bank: BankClient) -> None:
    subject = await bank.bind("chen-xiaoming")
    await bank.fault("error", "/v1/loans", 1, method="post")
    await bank.get("/v1/loans", subject)
    status, _ = await bank.call("POST", "/v1/loans/loan-chen-1/quotes", {}, subject=subject)
    assert status == 500


async def test_garbage_is_no_json_with_status_200(bank: BankClient) -> None:
    subject = await bank.bind("ma-lin")
    await bank.fault("garbage", "/v1/me")
    headers = {"Authorization": "Bearer service-token-of-the-tests", "Subject": subject}
    async with bank.session.get(f"{bank.base}/v1/me", headers=headers) as response:
        assert response.status == 200
        assert b"not what you asked for" in await response.read()


async def test_latency_waits_and_then_answers(bank: BankClient) -> None:
    subject = await bank.bind("ma-lin")
    await bank.fault("latency", "/v1/me", seconds=0.1)
    started = time.perf_counter()
    await bank.get("/v1/me", subject)
    assert time.perf_counter() - started >= 0.1


async def test_hang_is_silent_and_does_nothing(bank: BankClient) -> None:
    subject = await bank.bind("he-jun")
    await bank.fault("hang", "/v1/cards", method="POST", seconds=0.05)
    with pytest.raises(aiohttp.ClientError):
        await bank.call(
            "POST", "/v1/cards/card-he-1/freeze", {}, subject=subject, key="key-number-1"
        )
    cards = (await bank.get("/v1/cards", subject))["cards"]
    assert cards[0]["state"] == "active"


async def test_a_hanging_call_does_not_hold_up_the_others_nor_the_stop(bank: BankClient) -> None:
    subject = await bank.bind("he-jun")
    await bank.fault("hang", "/v1/cards", seconds=600)
    hanging = asyncio.create_task(bank.call("GET", "/v1/cards", subject=subject))
    await asyncio.sleep(0.02)
    await bank.get("/v1/me", subject)
    assert not hanging.done()
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)


async def test_reset_forgets_faults_subjects_and_postings(bank: BankClient) -> None:
    subject = await bank.bind("chen-xiaoming")
    body = await bank.prepare(subject, "chen-xiaoming", "loan-chen-1")
    assert (await bank.repay(subject, body, "key-of-the-one"))[0] == 201
    await bank.fault("error", "/v1/links", 5)
    status, answer = await bank.call("POST", "/sandbox/reset")
    assert (status, answer["today"]) == (200, "2026-05-15")
    assert await bank.postings("loan-chen-1") == []
    assert (await bank.call("GET", "/v1/me", subject=subject))[0] == 403
    subject = await bank.bind("chen-xiaoming")
    body = await bank.prepare(subject, "chen-xiaoming", "loan-chen-1")
    assert (await bank.repay(subject, body, "key-of-the-one"))[0] == 201


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "explode"},
        {"path": "/sandbox/reset"},
        {"count": 0},
        {"count": True},
        {"seconds": -1},
        {"seconds": "1"},
        {"unknown": 1},
    ],
)
async def test_a_fault_that_makes_no_sense_is_refused(
    bank: BankClient, change: dict[str, object]
) -> None:
    body = {"path": "/v1/me", "kind": "error", "count": 1} | change
    status, answer = await bank.call("POST", "/sandbox/faults", body)
    assert (status, answer["code"]) == (400, "invalid_request")
