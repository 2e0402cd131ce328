"""`/webhooks/bank`: only the bank's own news, only once, only for a known conversation."""

import hashlib
import hmac
import time
from typing import Any

import aiohttp
import orjson
import pytest

from servicebot.app.stage import LiveStage

EVENT = {
    "event_id": "e1",
    "event": "identity.bound",
    "conversation": "web:c1",
    "channel": "web",
    "channel_user": "c1",
    "reference_id": "link-1",
    "occurred_at": "2026-11-23T00:00:00Z",
}


async def post(
    stage: LiveStage,
    http: aiohttp.ClientSession,
    event: dict[str, Any],
    *,
    shift_s: int = 0,
    flip: bool = False,
) -> int:
    raw = orjson.dumps(event)
    stamp = str(int(time.time()) + shift_s)
    secret = stage.engine.services.settings.bank.callback_secret.encode()
    signed = hmac.new(secret, f"v0:{stamp}:".encode() + raw, hashlib.sha256).hexdigest()
    headers = {"X-Bank-Timestamp": stamp, "X-Bank-Signature": f"v0={signed}"}
    async with http.post(
        "/webhooks/bank", data=raw[:-1] + b" }" if flip else raw, headers=headers
    ) as response:
        return response.status


async def begin(http: aiohttp.ClientSession) -> None:
    body = {"conversation": "c1", "id": "1", "text": "你好"}
    async with http.post("/v1/messages?wait=1", json=body):
        pass


async def test_signed_news_is_taken(stage: LiveStage, http: aiohttp.ClientSession) -> None:
    await begin(http)
    assert await post(stage, http, EVENT) == 204


@pytest.mark.parametrize("wrong", [{"flip": True}, {"shift_s": 400}, {"shift_s": -400}])
async def test_a_changed_or_old_message_is_refused(
    stage: LiveStage, http: aiohttp.ClientSession, wrong: dict[str, Any]
) -> None:
    await begin(http)
    assert await post(stage, http, EVENT, **wrong) == 401


@pytest.mark.parametrize(
    "change",
    [
        {"event": "money.settled"},
        {"event": "unknown"},
        {"conversation": "web:nobody"},
    ],
)
async def test_news_that_does_not_fit_is_refused(
    stage: LiveStage, http: aiohttp.ClientSession, change: dict[str, str]
) -> None:
    await begin(http)
    assert await post(stage, http, {**EVENT, **change}) == 400
