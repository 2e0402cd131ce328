"""How often one may ask: sessions, sign-ins, sockets, messages; and what a page is told."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from servicebot.app.stage import LiveStage, open_stage
from servicebot.content.content import Content
from servicebot.domain.rates import Rate
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander
from servicebot.web import middlewares

FEW = Rate(per_s=0.5, at_once=3)


@pytest.fixture
async def strict(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> AsyncIterator[LiveStage]:
    """A server that lets only a few of each through."""
    limits = replace(
        settings.web.limits, sessions=FEW, sign_ins=FEW, conversation=FEW, open_sockets=2
    )
    strict = replace(settings, web=replace(settings.web, limits=limits))
    async with open_stage(strict, content, understander, tmp_path) as opened:
        yield opened


@pytest.fixture
async def http(strict: LiveStage) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(strict.url) as session:
        yield session


def from_address(stage: LiveStage, address: str) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(local_addr=(address, 0))
    return aiohttp.ClientSession(stage.url, connector=connector)


async def many(
    posts: list[AbstractAsyncContextManager[aiohttp.ClientResponse]],
) -> list[tuple[int, str, dict[str, Any]]]:
    async def one(
        post: AbstractAsyncContextManager[aiohttp.ClientResponse],
    ) -> tuple[int, str, dict[str, Any]]:
        async with post as response:
            again = response.headers.get("Retry-After", "")
            return response.status, again, await response.json(content_type=None)

    return list(await asyncio.gather(*(one(post) for post in posts)))


async def test_sessions_of_one_address_are_limited_and_another_address_is_not_hurt(
    strict: LiveStage, http: aiohttp.ClientSession
) -> None:
    answers = await many([http.post("/v1/chat/sessions", json={}) for _ in range(20)])
    assert [status for status, _, _ in answers].count(201) == 3
    refused = [answer for answer in answers if answer[0] != 201]
    for status, again, problem in refused:
        assert (status, problem["status"]) == (429, 429)
        assert 1 <= int(again) <= 3
        assert "wait" in problem["detail"]
    async with (
        from_address(strict, "127.0.0.9") as other,
        other.post("/v1/chat/sessions", json={}) as response,
    ):
        assert response.status == 201


async def test_sign_ins_with_ever_new_names_are_limited_before_a_password_is_checked(
    http: aiohttp.ClientSession,
) -> None:
    answers = await many(
        [
            http.post("/v1/desk/sign-in", json={"name": f"nobody{n}", "password": "x"})
            for n in range(30)
        ]
    )
    statuses = [status for status, _, _ in answers]
    assert statuses.count(401) == 3
    assert statuses.count(429) == 27


async def test_a_conversation_that_says_too_much_is_told_so_and_others_are_not(
    http: aiohttp.ClientSession,
) -> None:
    def body(conversation: str, number: int) -> dict[str, str]:
        return {"conversation": conversation, "id": str(number), "text": "你好"}

    answers = await many([http.post("/v1/messages", json=body("loud", n)) for n in range(12)])
    assert [status for status, _, _ in answers].count(429) == 9
    async with http.post("/v1/messages", json=body("calm", 1)) as response:
        assert response.status == 202


OpenPage = Callable[[], Awaitable[aiohttp.ClientWebSocketResponse]]


@pytest.fixture
async def open_page(http: aiohttp.ClientSession) -> AsyncIterator[OpenPage]:
    """Opens chat pages, and closes them in the end."""
    opened: list[aiohttp.ClientWebSocketResponse] = []

    async def open_one() -> aiohttp.ClientWebSocketResponse:
        async with http.post("/v1/chat/sessions", json={}) as response:
            ticket = (await response.json())["ticket"]
        opened.append(await http.ws_connect("/v1/chat/socket"))
        await opened[-1].send_json({"type": "hello", "ticket": ticket, "after": 0})
        return opened[-1]

    yield open_one
    for socket in opened:
        await socket.close()


async def until(socket: aiohttp.ClientWebSocketResponse, *kinds: str) -> dict[str, Any]:
    while True:
        frame: dict[str, Any] = await socket.receive_json(timeout=5)
        if frame["type"] in kinds:
            return frame


async def test_a_page_that_says_too_much_is_told_when_to_say_it_again(
    open_page: OpenPage,
) -> None:
    socket = await open_page()
    later = []
    for number in range(8):
        await socket.send_json({"type": "say", "id": f"m{number}", "text": "你好"})
        told = await until(socket, "accepted", "later")
        later += [told] if told["type"] == "later" else []
    assert later
    assert all(1 <= told["after"] <= 30 for told in later)
    await asyncio.sleep(later[0]["after"] + 1)
    await socket.send_json({"type": "say", "id": later[0]["id"], "text": "你好"})
    assert (await until(socket, "accepted", "later"))["type"] == "accepted"


async def test_one_address_may_have_so_many_pages_open(
    http: aiohttp.ClientSession, open_page: OpenPage
) -> None:
    kept = [await open_page(), await open_page()]
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await http.ws_connect("/v1/chat/socket")
    assert caught.value.status == 429
    await kept[0].close()
    await asyncio.sleep(0.1)
    assert not (await open_page()).closed


@pytest.mark.parametrize("ping", ["a frame of ours", "a ping of the protocol"])
async def test_a_page_that_floods_is_closed_and_others_do_not_wait(
    open_page: OpenPage, ping: str
) -> None:
    flooding, calm = await open_page(), await open_page()
    await until(calm, "lines")

    async def flood() -> None:
        while not flooding.closed:
            for _ in range(50):
                if ping == "a frame of ours":
                    await flooding.send_str('{"type":"ping"}')
                else:
                    await flooding.ping()
            await asyncio.sleep(0)

    async def read() -> int | None:
        async for _ in flooding:
            pass
        return flooding.close_code

    sending = asyncio.create_task(flood())
    reading = asyncio.create_task(read())
    async with asyncio.timeout(5):
        waits = []
        for _ in range(5):
            began = time.monotonic()
            await calm.send_json({"type": "ping"})
            await until(calm, "pong")
            waits.append(time.monotonic() - began)
        assert await reading == 1008
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    assert max(waits) < 1.0


async def test_a_body_that_does_not_come_ends_its_connection(
    strict: LiveStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middlewares, "BODY_S", 0.3)
    host, port = strict.url.removeprefix("http://").split(":")
    near, back = await asyncio.open_connection(host, int(port))
    head = "POST /v1/chat/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    back.write(f"{head}Content-Length: 500\r\n\r\n{{".encode())
    async with asyncio.timeout(5):
        answer = await near.read()
    assert answer.startswith(b"HTTP/1.1 408")
    back.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Type": "application/json", "Origin": "https://evil.example"}, 401),
        (
            {
                "Content-Type": "application/json",
                "Origin": "http://[领奖".encode().decode("latin-1"),
            },
            400,
        ),
        ({"Content-Type": "application/json", "Origin": "null"}, 401),
        ({"Content-Type": "application/json", "Host": "evil.example:8080"}, 401),
        ({"Content-Type": "application/json; charset=utf-8"}, 202),
    ],
)
async def test_a_page_of_another_site_cannot_post_a_message(
    http: aiohttp.ClientSession, headers: dict[str, str], status: int
) -> None:
    data = '{"conversation": "c9", "id": "1", "text": "你好"}'.encode()
    async with http.post("/v1/messages", data=data, headers=headers) as response:
        assert response.status == status


async def test_the_metrics_are_not_told_without_a_token(http: aiohttp.ClientSession) -> None:
    async with http.get("/metrics") as response:
        assert response.status == 404
