"""What servicebot is told: signed, repeated until it is taken, also over a restart."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # ships no types

from servicebot.sandbox_bank.openapi_schemas import SCHEMAS

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import StartBank


@dataclass(kw_only=True)
class Receiver:
    """servicebot's side: answers with the given statuses, then with 204."""

    statuses: list[int] = field(default_factory=list)
    deliveries: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""
    arrived: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def take(self, request: web.Request) -> web.Response:
        self.deliveries.append((dict(request.headers), await request.read()))
        self.arrived.release()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 204)

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(5):
            for _ in range(count):
                await self.arrived.acquire()
        await asyncio.sleep(0.06)  # longer than a repeat would take
        assert len(self.deliveries) == count


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    taker = Receiver()
    app = web.Application()
    app.router.add_post("/webhooks/bank", taker.take)
    server = TestServer(app)
    await server.start_server()
    taker.url = str(server.make_url("/webhooks/bank"))
    yield taker
    await server.close()


async def test_a_callback_is_signed_and_repeated_until_it_is_taken(
    start_bank: StartBank, receiver: Receiver
) -> None:
    receiver.statuses = [500, 302]
    bank = await start_bank(callback_url=receiver.url)
    link_id, token = await bank.open_link("u7", "c7")
    await bank.call("POST", f"/sandbox/links/{token}/approve", {"customer": "li-fang"})
    await receiver.wait_for(3)
    bodies = {body for _, body in receiver.deliveries}
    assert len(bodies) == 1
    for headers, body in receiver.deliveries:
        timestamp = headers["X-Bank-Timestamp"]
        assert timestamp == str(int(bank.clock.now().timestamp()))
        signed = b"v0:" + timestamp.encode() + b":" + body
        digest = hmac.new(b"secret-of-the-tests", signed, hashlib.sha256).hexdigest()
        assert headers["X-Bank-Signature"] == f"v0={digest}"
    event = json.loads(bodies.pop())
    Draft202012Validator(SCHEMAS["Event"]).validate(event)
    assert (event["event"], event["reference_id"]) == ("identity.bound", link_id)
    assert (event["channel"], event["channel_user"], event["conversation"]) == (
        "wechat",
        "u7",
        "c7",
    )


async def test_after_the_last_repeat_it_gives_up(start_bank: StartBank, receiver: Receiver) -> None:
    receiver.statuses = [500] * 10
    bank = await start_bank(callback_url=receiver.url)
    await bank.bind("li-fang")
    await receiver.wait_for(4)


async def test_decisions_on_the_pages_are_told_too(
    start_bank: StartBank, receiver: Receiver
) -> None:
    bank = await start_bank(callback_url=receiver.url)
    subject = await bank.bind("li-fang", "u7")
    wanted = {"resource_id": "loan-li-1", "amount_fen": 5_000, "account_id": "acc-li-1"}
    expected = []
    for form, event in (
        ({"decision": "approve", "pin": "246802"}, "step_up.approved"),
        ({"decision": "decline", "pin": "246802"}, "step_up.declined"),
    ):
        step_up_id, token = await bank.ask_step_up(subject, **wanted)
        async with bank.session.post(f"{bank.base}/step-up/{token}", data=form) as response:
            assert response.status == 200
        expected.append((event, step_up_id, "u7"))
    await receiver.wait_for(3)
    told = [json.loads(body) for _, body in receiver.deliveries]
    found = {(e["event"], e["reference_id"], e["channel_user"]) for e in told}
    assert set(expected) <= found


async def test_what_was_not_taken_is_sent_again_after_a_restart(
    start_bank: StartBank, receiver: Receiver, tmp_path: Path
) -> None:
    path = tmp_path / "book.sqlite"
    # Without a receiver the event only waits in the book.
    first = await start_bank(path)
    await first.bind("li-fang")
    assert receiver.deliveries == []
    await start_bank(path, callback_url=receiver.url)
    await receiver.wait_for(1)
