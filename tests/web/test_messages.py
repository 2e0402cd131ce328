"""`POST /v1/messages`: answers, repeats, and everything that is wrong with a request."""

import asyncio
import gzip
import shlex
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson
import pytest
from tests.web.conftest import METRICS_TOKEN

from servicebot.app.stage import LiveStage

URL = "/v1/messages"
JSON = {"Content-Type": "application/json"}
README = Path(__file__).parents[2] / "README.md"


def body(text: str = "你好", number: str = "m1", conversation: str = "c1") -> dict[str, str]:
    return {"conversation": conversation, "id": number, "text": text}


async def post(http: aiohttp.ClientSession, value: Any, **query: str) -> tuple[int, dict[str, Any]]:
    async with http.post(URL, json=value, params=query) as response:
        answer: dict[str, Any] = await response.json(content_type=None)
        return response.status, answer


async def test_a_message_is_answered_when_the_sender_waits(http: aiohttp.ClientSession) -> None:
    status, answer = await post(http, body("微粒贷提前还款要手续费吗"), wait="1")
    assert status == 200
    assert [reply["name"] for reply in answer["replies"]] == ["weilidai/early-repayment"]
    assert answer["replies"][0]["text"]
    assert answer["replies"][0]["buttons"]


async def test_the_command_of_the_readme_gets_an_answer(http: aiohttp.ClientSession) -> None:
    shown = README.read_text("utf-8").split("```\ncurl ")[1].split("```")[0]
    words = shlex.split(shown)
    url = urlsplit(next(word for word in words if word.startswith("http://")))
    headers = dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")
    data = words[words.index("-d") + 1].encode()
    # What curl says of a body when it is told nothing.
    headers = {"Content-Type": "application/x-www-form-urlencoded"} | headers
    async with http.post(f"{url.path}?{url.query}", data=data, headers=headers) as response:
        assert response.status == 200, await response.text()
        assert (await response.json())["replies"]


async def test_without_waiting_it_is_only_accepted(http: aiohttp.ClientSession) -> None:
    assert await post(http, body()) == (202, {"accepted": "new"})


async def test_fifty_identical_messages_at_once_are_one_turn(
    http: aiohttp.ClientSession, stage: LiveStage
) -> None:
    answers = await asyncio.gather(*(post(http, body(), wait="1") for _ in range(50)))
    assert {status for status, _ in answers} == {200}
    assert sorted(a["accepted"] for _, a in answers).count("new") == 1
    assert {orjson.dumps(answer["replies"]) for _, answer in answers} == {
        orjson.dumps(answers[0][1]["replies"])
    }
    lines = await stage.engine.services.timeline.lines("web:c1", 0)
    assert [line.author.value for line in lines] == ["customer", "bot"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"id": "m", "text": "x"}, "conversation"),
        ({"conversation": "c", "text": "x"}, "id"),
        ({"conversation": "c", "id": "m"}, "text"),
        ({"conversation": "c/../d", "id": "m", "text": "x"}, "conversation"),
        ({"conversation": "c", "id": "m", "text": "   "}, "text"),
        ({"conversation": "c", "id": "m", "text": "长" * 2001}, "2001"),
        ({"conversation": "page-1", "id": "m", "text": "x"}, "chat page"),
        ([], "JSON object"),
    ],
)
async def test_a_wrong_body_is_told_what_is_wrong(
    http: aiohttp.ClientSession, value: object, said: str
) -> None:
    status, answer = await post(http, value)
    assert status == 400
    assert said in answer["detail"]


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"\xff\xfe", b'{"conversation": NaN}', b"[" * 2000, b'{"id": "\\ud800"}']
)
async def test_bytes_that_are_no_json_are_refused(http: aiohttp.ClientSession, raw: bytes) -> None:
    async with http.post(URL, data=raw, headers=JSON) as response:
        assert response.status == 400


async def test_a_body_of_ten_megabytes_is_refused_before_it_is_read(
    http: aiohttp.ClientSession, stage: LiveStage
) -> None:
    parts = urlsplit(stage.url)
    loop = asyncio.get_running_loop()
    with socket.socket() as raw:
        raw.setblocking(False)
        await loop.sock_connect(raw, (parts.hostname, parts.port))
        head = f"POST {URL} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: 10485760\r\n\r\n"
        await loop.sock_sendall(raw, head.encode() + b"x" * 1000)
        answer = await asyncio.wait_for(loop.sock_recv(raw, 4096), 5)
    assert b" 413 " in answer.split(b"\r\n", 1)[0]
    async with http.get("/healthz") as response:
        assert response.status == 200


async def test_a_chunked_body_is_cut_off_at_the_limit(http: aiohttp.ClientSession) -> None:
    async def flood() -> Any:
        for _ in range(100):
            yield b"x" * 1024

    async with http.post(URL, data=flood(), headers=JSON) as response:
        assert response.status == 413


async def test_a_compressed_body_is_refused(http: aiohttp.ClientSession) -> None:
    packed = gzip.compress(orjson.dumps(body()))
    async with http.post(URL, data=packed, headers={"Content-Encoding": "gzip"}) as response:
        assert response.status == 415


async def test_a_flood_of_one_conversation_is_told_to_slow_down(
    http: aiohttp.ClientSession,
) -> None:
    answers = await asyncio.gather(*(post(http, body(number=f"m{n}")) for n in range(120)))
    statuses = {status for status, _ in answers}
    assert statuses <= {202, 429, 503}
    assert (await post(http, body(number="later", conversation="other"), wait="1"))[0] == 200


async def test_every_answer_carries_the_safety_headers(http: aiohttp.ClientSession) -> None:
    async with http.get("/chat") as response:
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_metrics_name_no_customer(http: aiohttp.ClientSession) -> None:
    await post(http, body(conversation="secret-person"), wait="1")
    async with http.get("/metrics") as response:
        assert response.status == 401
    shown = {"Authorization": f"Bearer {METRICS_TOKEN}"}
    async with http.get("/metrics", headers=shown) as response:
        text = await response.text()
    assert "servicebot_turns_total" in text
    assert "secret-person" not in text
