"""The chat page's WebSocket: nothing twice, nothing missing, nobody else's chat."""

from typing import Any

import aiohttp
import pytest

from servicebot.app.stage import LiveStage


async def session(http: aiohttp.ClientSession, language: str = "zh") -> str:
    async with http.post("/v1/chat/sessions", json={"language": language}) as response:
        assert response.status == 201
        return str((await response.json())["ticket"])


class Page:
    """What a page does with its socket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.lines: list[dict[str, Any]] = []

    async def until(self, name: str) -> dict[str, Any]:
        """Reads frames until a line with this name was shown."""
        while True:
            for line in self.lines:
                if line["name"] == name:
                    return line
            frame = await self.socket.receive_json(timeout=10)
            if frame["type"] == "lines":
                self.lines += frame["lines"]

    async def say(self, message_id: str, text: str) -> None:
        await self.socket.send_json({"type": "say", "id": message_id, "text": text})


async def open_page(http: aiohttp.ClientSession, ticket: str, after: int = 0) -> Page:
    socket = await http.ws_connect("/v1/chat/socket")
    await socket.send_json({"type": "hello", "ticket": ticket, "after": after})
    return Page(socket)


async def test_a_new_chat_is_greeted_in_its_language(http: aiohttp.ClientSession) -> None:
    page = await open_page(http, await session(http, "en"))
    assert (await page.until("welcome"))["say"].startswith("Hello")


async def test_a_page_that_comes_back_resumes_where_it_was(http: aiohttp.ClientSession) -> None:
    ticket = await session(http)
    page = await open_page(http, ticket)
    await page.say("1", "你好")
    shown = (await page.until("talk_greet"))["seq"]
    await page.say("2", "谢谢")
    await page.socket.close()
    back = await open_page(http, ticket, after=shown)
    await back.until("talk_thanks")
    assert [line["seq"] for line in back.lines] == [shown + 1, shown + 2]


async def test_a_message_that_is_sent_again_is_shown_once(http: aiohttp.ClientSession) -> None:
    page = await open_page(http, await session(http))
    for _ in range(3):
        await page.say("same", "你好")
    await page.until("talk_greet")
    await page.say("next", "谢谢")
    await page.until("talk_thanks")
    said = [line["say"] for line in page.lines if line["author"] == "customer"]
    assert said == ["你好", "谢谢"]


@pytest.mark.parametrize("ticket", ["", "forged", "InBhZ2UtMDAi.aaaa.bbbb"])
async def test_a_forged_ticket_opens_nothing(http: aiohttp.ClientSession, ticket: str) -> None:
    page = await open_page(http, ticket)
    refused = await page.socket.receive_json(timeout=5)
    assert refused["type"] == "refused"
    await page.socket.receive(timeout=5)
    assert page.socket.close_code == 4401


async def test_a_page_that_goes_before_it_says_hello_is_no_fault(
    http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    socket = await http.ws_connect("/v1/chat/socket")
    socket._writer.transport.abort()
    ticket = await session(http)  # the server has seen by then that it went
    page = await open_page(http, ticket)
    await page.until("welcome")
    assert "request_failed" not in caplog.messages


async def test_another_sites_page_cannot_connect(http: aiohttp.ClientSession) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await http.ws_connect("/v1/chat/socket", headers={"Origin": "https://evil.example"})
    assert caught.value.status == 401


@pytest.mark.parametrize("frame", ["no json", "[]", '{"id": "1"}', '{"id": "?!", "text": "x"}'])
async def test_a_wrong_frame_is_refused_and_the_chat_goes_on(
    http: aiohttp.ClientSession, frame: str
) -> None:
    page = await open_page(http, await session(http))
    await page.until("welcome")
    await page.socket.send_str(frame)
    assert (await page.socket.receive_json(timeout=5))["type"] == "refused"
    await page.say("1", "你好")
    await page.until("talk_greet")


async def test_personal_numbers_are_never_stored(
    http: aiohttp.ClientSession, stage: LiveStage
) -> None:
    page = await open_page(http, await session(http))
    await page.say("1", "我的卡6222021234567894查余额,电话13800138000")
    await page.until("customer")
    folder = stage.engine.services.settings.store.dir
    await stage.engine.flush_records()
    stored = b"".join(file.read_bytes() for file in folder.glob("*.db*"))
    assert b"6222021234567894" not in stored
    assert b"13800138000" not in stored


async def test_a_page_that_has_shown_more_than_there_is_begins_anew(
    http: aiohttp.ClientSession,
) -> None:
    """It was opened before a restore from backup, or before the customer's data was erased."""
    ticket = await session(http)
    page = await open_page(http, ticket)
    await page.say("1", "你好")
    await page.until("talk_greet")
    await page.socket.close()
    old = await open_page(http, ticket, after=99)
    told = await old.socket.receive_json(timeout=5)
    assert told["anew"]
    assert [line["seq"] for line in told["lines"]] == [1, 2, 3]
    at = {"at": "2020-01-01T00:00:00+00:00"}
    other = await http.ws_connect("/v1/chat/socket")
    await other.send_json({"type": "hello", "ticket": ticket, "after": 3, **at})
    told = await other.receive_json(timeout=5)
    assert (told["anew"], len(told["lines"])) == (True, 3)


async def end(http: aiohttp.ClientSession, ticket: str) -> int:
    async with http.post("/v1/chat/sessions/end", json={"ticket": ticket}) as response:
        return response.status


async def test_an_ended_chat_is_shown_to_nobody_and_its_sockets_close(
    http: aiohttp.ClientSession,
) -> None:
    ticket = await session(http)
    page = await open_page(http, ticket)
    await page.until("welcome")
    assert await end(http, ticket) == 202
    assert await end(http, ticket) == 202, "a second tap is the same"
    while (await page.socket.receive(timeout=5)).type is aiohttp.WSMsgType.TEXT:
        pass
    assert page.socket.close_code == 4401
    again = await open_page(http, ticket)
    await again.socket.receive(timeout=5)
    assert again.socket.close_code == 4401
    assert again.lines == []
    assert await end(http, "forged") == 401
