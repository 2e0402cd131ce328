"""The desk tells how many sends are left and what became of each of the agent's lines."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.desk_stage import Browser, browser
from tests.web.wechat_stage import WeChatStage, wechat_stage

from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander


@pytest.fixture
async def wechat(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> AsyncIterator[WeChatStage]:
    async with wechat_stage(settings, content, understander, tmp_path) as opened:
        yield opened


@pytest.fixture
async def ann(wechat: WeChatStage) -> AsyncIterator[Browser]:
    """An agent who has taken the customer who writes through WeChat."""
    async with browser(wechat.stage, "ann") as opened:
        assert await wechat.writes("转人工") is not None
        assert (await opened.call("POST", "tickets/next"))[0] == 202
        async with asyncio.timeout(20):  # the customer is told that a person is there
            while len(wechat.platform.sent) < 1:
                await asyncio.sleep(0.02)
        yield opened


async def ticket_of(ann: Browser) -> str:
    _, state = await ann.call("GET", "queue")
    return str(state["mine"][0]["id"])


async def told(ann: Browser, ticket: str) -> Any:
    """The fates once nothing waits any more."""
    async with asyncio.timeout(20):
        while True:
            status, body = await ann.call("GET", f"tickets/{ticket}/lines")
            assert status == 200
            if all(one["fate"] != "waiting" for one in body["sending"]["lines"]):
                return body
            await asyncio.sleep(0.05)


async def test_words_that_the_quota_swallows_are_told_as_such(
    wechat: WeChatStage, ann: Browser
) -> None:
    ticket = await ticket_of(ann)
    before = (await told(ann, ticket))["sending"]["left"]
    assert before == 5 - len(wechat.platform.sent)
    for number in range(before + 2):
        body = {"id": f"a{number}", "text": f"第{number}句"}
        assert (await ann.call("POST", f"tickets/{ticket}/say", **body))[0] == 202
    after = await told(ann, ticket)
    assert after["sending"]["left"] == 0
    fates = {one["message_id"]: one["fate"] for one in after["sending"]["lines"]}
    said = [one["message_id"] for one in after["lines"] if one["author"] == "agent"]
    assert [fates[one] for one in said][-before - 2 :] == ["sent"] * before + ["swallowed"] * 2
    assert len(wechat.platform.sent) == 5
    await wechat.writes("我在")
    assert (await told(ann, ticket))["sending"]["left"] == 5


def is_sent(line: Any, act: str) -> bool:
    return str(line["message_id"]).endswith(f"/{act}") and bool(line["fate"] == "sent")


async def frames_until(socket: Any, kind: str) -> Any:
    async with asyncio.timeout(10):
        while True:
            frame = await socket.receive_json()
            if frame["type"] == kind:
                return frame


async def test_the_socket_tells_the_sends_before_a_word_and_again_when_they_change(
    wechat: WeChatStage, ann: Browser
) -> None:
    ticket = await ticket_of(ann)
    left = (await told(ann, ticket))["sending"]["left"]
    async with ann.session.ws_connect("/v1/desk/socket") as socket:
        await socket.send_json({"type": "watch", "ticket": ticket, "after": 0})
        first = await frames_until(socket, "sending")
        assert (first["ticket"], first["left"]) == (ticket, left)
        assert left is not None
        await ann.call("POST", f"tickets/{ticket}/say", id="a1", text="您好")
        while not any(is_sent(one, "a1") for one in first["lines"]):
            first = await frames_until(socket, "sending")
    seen = (await told(ann, ticket))["lines"][-1]["seq"]
    async with ann.session.ws_connect("/v1/desk/socket") as socket:
        await socket.send_json({"type": "watch", "ticket": ticket, "after": seen})
        again = await frames_until(socket, "sending")
        assert any(is_sent(one, "a1") for one in again["lines"])
        assert again["left"] < left
    assert len(wechat.platform.sent) <= 5


async def test_the_banks_own_page_has_no_quota(wechat: WeChatStage) -> None:
    async with browser(wechat.stage, "bo") as bo:
        body = {"conversation": "c1", "id": "1", "text": "转人工"}
        async with bo.session.post("/v1/messages?wait=1", json=body) as response:
            assert response.status == 200
        _, taken = await bo.call("POST", "tickets/next")
        _, shown = await bo.call("GET", f"tickets/{taken['ticket']['id']}/lines")
        assert shown["sending"] == {"left": None, "lines": []}
