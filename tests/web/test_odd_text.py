"""Odd text in headers, bodies and names of strangers is refused or hidden; it never is a fault."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from argon2 import PasswordHasher
from tests.web.desk_stage import add_people, browser
from yarl import URL

from servicebot.app.stage import LiveStage, open_stage
from servicebot.content.content import Content
from servicebot.desk_settings import Desk
from servicebot.domain.desk_people import Account, Role
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander


@pytest.mark.parametrize("origin", ["http://[", "http://[领奖", "x", "", "http://a b", "null"])
async def test_an_origin_that_is_none_is_refused(http: aiohttp.ClientSession, origin: str) -> None:
    headers = {"Origin": origin}
    for path in ("/v1/desk/queue", "/v1/chat/socket"):
        async with http.get(path, headers=headers) as response:
            assert response.status in {400, 401, 403}


@pytest.mark.parametrize(
    "changes",
    [
        {"X-Bank-Timestamp": "1" * 5000},
        {"X-Bank-Timestamp": "١٢٣"},
        {"X-Bank-Signature": "v0=签名"},
        {"X-Bank-Signature": "v0=é"},
    ],
)
async def test_odd_headers_of_the_banks_news_are_no_fault(
    stage: LiveStage, http: aiohttp.ClientSession, changes: Mapping[str, str]
) -> None:
    stamp = str(int(time.time()))
    secret = stage.engine.services.settings.bank.callback_secret.encode()
    signed = hmac.new(secret, f"v0:{stamp}:".encode(), hashlib.sha256).hexdigest()
    headers = {"X-Bank-Timestamp": stamp, "X-Bank-Signature": f"v0={signed}", **changes}
    async with http.post("/webhooks/bank", data=b"", headers=headers) as response:
        assert response.status in {400, 401}


async def test_a_path_longer_than_any_of_ours_is_no_fault(http: aiohttp.ClientSession) -> None:
    async with http.get("/static/" + "a" * 5_000) as response:
        assert response.status == 414


@pytest.mark.parametrize(
    "changed",
    [
        {"Sec-WebSocket-Key": b"\xff"},
        {"Sec-WebSocket-Key": b""},
        {"Sec-WebSocket-Version": b"\xff"},
        {"Upgrade": b"\xff"},
        {"Connection": b"\xff"},
        {"Sec-WebSocket-Protocol": b"\xff"},
    ],
)
async def test_a_handshake_that_is_none_is_no_fault(
    stage: LiveStage, changed: Mapping[str, bytes]
) -> None:
    headers = {
        "Host": b"x",
        "Upgrade": b"websocket",
        "Connection": b"Upgrade",
        "Sec-WebSocket-Version": b"13",
        "Sec-WebSocket-Key": b"AAAAAAAAAAAAAAAAAAAAAA==",
        **changed,
    }
    told = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in headers.items())
    address = urlsplit(stage.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(b"GET /v1/chat/socket HTTP/1.1\r\n" + told + b"\r\n")
    assert b" 400 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_a_path_of_half_a_character_is_no_fault_for_who_may_not_call_it(
    stage: LiveStage,
) -> None:
    """Who is refused is written down with the path."""
    await add_people(stage)
    async with browser(stage, "ann") as ann:
        jar = ann.session.cookie_jar.filter_cookies(URL(stage.url))
    cookie = "; ".join(f"{one.key}={one.value}" for one in jar.values())
    address = urlsplit(stage.url)
    for path in (b"people/\xff/sign-out", b"people/%ff/sign-out", b"people/%ED%A0%80/sign-out"):
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        head = b"POST /v1/desk/" + path + b" HTTP/1.1\r\nHost: x\r\nCookie: " + cookie.encode()
        writer.write(head + b"\r\n\r\n")
        assert (await reader.readline()).split()[1] in {b"400", b"403"}, path
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize("after", [2**63, 2**70, -1, 1.5, True, "x", None, [1]])
async def test_a_hello_with_a_number_that_no_line_has_is_told_so(
    http: aiohttp.ClientSession, after: object
) -> None:
    async with http.post("/v1/chat/sessions", json={"language": "zh"}) as response:
        ticket = (await response.json())["ticket"]
    async with http.ws_connect("/v1/chat/socket") as socket:
        await socket.send_json({"type": "hello", "ticket": ticket, "after": after})
        told = await socket.receive_json(timeout=5)
        assert (told["type"], "after" in told["detail"]) == ("refused", True)
        await socket.receive(timeout=5)
        assert socket.close_code == 4400


async def test_an_agent_cannot_send_half_an_address_or_a_turned_number(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> None:
    hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    agent = Account(name="li", role=Role.AGENT, password_hash=hasher.hash("li-secret"))
    desk = Desk(people={"li": agent})
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        open_stage(replace(settings, desk=desk), content, understander, tmp_path) as stage,
        aiohttp.ClientSession(stage.url, cookie_jar=jar) as session,
    ):
        await session.post("/v1/desk/sign-in", json={"name": "li", "password": "li-secret"})
        body = {"conversation": "c1", "id": "1", "text": "转人工"}
        await session.post("/v1/messages?wait=1", json=body)
        async with session.post("/v1/desk/tickets/next") as response:
            ticket = (await response.json())["ticket"]["id"]
        said = f"/v1/desk/tickets/{ticket}/say"
        for number, text in enumerate(("http://[领奖", "打\u202e00083100831", "加微信 wx_1")):
            async with session.post(said, json={"id": f"a{number}", "text": text}) as response:
                assert response.status == 400, text
        for number, text in enumerate(("您\u202e好", "遇到诈骗请打 96110")):
            async with session.post(said, json={"id": f"b{number}", "text": text}) as response:
                assert response.status == 202, text
        lines = f"/v1/desk/tickets/{ticket}/lines"
        async with session.get(lines, params={"after": "9" * 20}) as response:
            assert response.status == 400
        async with session.get(lines) as response:
            shown = json.dumps(await response.json(), ensure_ascii=False)
        assert "您好" in shown
        assert "\u202e" not in shown


@pytest.mark.parametrize("name", ["9" * 400, "a/" * 300, "%00", "%E5%95" * 90, ".." * 20, "a%0Ab"])
async def test_a_file_name_that_the_disk_cannot_have_is_not_found(
    http: aiohttp.ClientSession, name: str
) -> None:
    async with http.get(URL(f"/static/{name}", encoded=True)) as response:
        assert response.status in {403, 404}
