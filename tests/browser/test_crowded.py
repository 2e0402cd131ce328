"""The chat page while the server has too much to do: it says so, keeps the words, sends them itself."""

import json
import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, Route, WebSocketRoute, expect

OpenPage = Callable[..., Awaitable[Page]]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


class CrowdedLine:
    """A line on which the first words are told to come again later."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def route(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def from_page(frame: str | bytes) -> None:
            told = json.loads(frame)
            self.said.extend([told["id"]] if told["type"] == "say" else [])
            if told["type"] == "say" and len(self.said) == 1:
                route.send(json.dumps({"type": "later", "id": told["id"], "after": 1}))
            else:
                server.send(frame)

        route.on_message(from_page)
        server.on_message(route.send)


async def test_what_cannot_be_taken_now_is_kept_and_sent_by_itself(open_page: OpenPage) -> None:
    page, line = await open_page("/chat"), CrowdedLine()
    await page.wait_for_selector(".line--bot")
    await page.route_web_socket(re.compile("/v1/chat/socket"), line.route)
    await page.reload()
    await page.wait_for_selector(".line--bot")
    await page.fill("#field", "你好")
    await page.press("#field", "Enter")
    await expect(page.locator(".line--own .line__state")).to_contain_text("稍后自动发出")
    await expect(page.locator(".line--own")).to_have_attribute("data-state", "sent")
    await expect(page.locator(".line--bot")).to_have_count(2)
    assert line.said == [line.said[0]] * 2
    assert await page.locator(".line--own").count() == 1


async def test_a_chat_that_cannot_be_opened_now_is_opened_a_little_later(
    open_page: OpenPage,
) -> None:
    page = await open_page("/chat", expected="503", locale="en-US")
    await page.wait_for_selector(".line--bot")
    asked = 0

    async def crowded(route: Route) -> None:
        nonlocal asked
        asked += 1
        if asked == 1:
            await route.fulfill(status=503, headers={"Retry-After": "1"}, body="{}")
        else:
            await route.continue_()

    await page.route(re.compile("/v1/chat/sessions"), crowded)
    await page.evaluate("localStorage.removeItem('servicebot.ticket')")
    await page.reload()
    await expect(page.locator("#status")).to_contain_text("we will connect you")
    await page.wait_for_selector(".line--bot")
    assert asked == 2
