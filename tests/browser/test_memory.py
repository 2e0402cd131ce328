"""What the chat page does with what the browser remembers, or will not remember."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Final

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

OpenPage = Callable[..., Awaitable[Page]]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SESSIONS: Final = re.compile("/v1/chat/sessions$")
FULL: Final = """() => {
  localStorage.clear();
  for (let size = 2 ** 22; size >= 1; size = Math.floor(size / 2)) {
    try { for (let n = 0; ; n++) localStorage.setItem(`x${size}.${n}`, "x".repeat(size)); } catch {}
  }
}"""
FORBIDDEN: Final = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});"""
GARBAGE: Final = ("{", "5", '"toString"', "[null, 1, {}]", '{"id": 1}')


def counted(page: Page) -> list[str]:
    """The sessions that the page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if SESSIONS.search(one.url) else None)
    return asked


async def ask(page: Page, words: str) -> None:
    before = await page.locator(".line--bot").count()
    await page.fill("#field", words)
    await page.press("#field", "Enter")
    await expect(page.locator(".line--bot").nth(before)).to_be_visible()


async def works_with_one_session(page: Page) -> None:
    """The page greets, answers, survives a lost connection, and asked for one session at most."""
    asked = counted(page)
    await page.reload()
    await page.wait_for_selector(".line--bot")
    await ask(page, "你好")
    await page.context.set_offline(True)
    await expect(page.locator("#status")).to_contain_text("网络已断开")
    await page.context.set_offline(False)
    await expect(page.locator("#status")).to_have_text("已重新连接")
    await ask(page, "谢谢")
    await page.wait_for_timeout(500)
    assert len(asked) <= 1
    await expect(page.locator(".line--own")).to_have_count(2)
    await expect(page.locator("#notice")).to_be_hidden()


async def test_a_full_storage_costs_one_session_and_nothing_is_said_of_it(
    open_page: OpenPage,
) -> None:
    page = await open_page("/chat", expected="ERR_INTERNET_DISCONNECTED")
    await page.wait_for_selector(".line--bot")
    await page.evaluate(FULL)
    await works_with_one_session(page)


async def test_a_forbidden_storage_costs_one_session_and_nothing_is_said_of_it(
    open_page: OpenPage,
) -> None:
    page = await open_page("/chat", expected="ERR_INTERNET_DISCONNECTED")
    await page.context.add_init_script(FORBIDDEN)
    await works_with_one_session(page)


async def test_garbage_in_the_storage_harms_nothing(open_page: OpenPage) -> None:
    page = await open_page("/chat")
    await page.wait_for_selector(".line--bot")
    for garbage in GARBAGE:
        asked = counted(page)
        await page.evaluate(
            "(value) => { for (const name of ['ticket', 'unaccepted', 'language'])"
            " localStorage.setItem(`servicebot.${name}`, value) }",
            garbage,
        )
        await page.reload()
        await page.wait_for_selector(".line--bot")
        assert await page.locator(".line").count() == 1
        assert len(asked) <= 1
    await ask(page, "你好")


async def test_a_server_that_refuses_its_own_tickets_is_not_asked_for_more_and_more(
    open_page: OpenPage,
) -> None:
    page = await open_page("/chat")
    await page.wait_for_selector(".line--bot")

    async def refuse(route: WebSocketRoute) -> None:
        await route.close(code=4401)

    await page.route_web_socket(re.compile("/v1/chat/socket"), refuse)
    asked = counted(page)
    await page.reload()
    await page.wait_for_timeout(2_000)
    assert 1 <= len(asked) <= 3


class OldPage:
    """A line on which the page seems to have shown more than the store has."""

    def __init__(self) -> None:
        self.connections: list[WebSocketRoute] = []
        self.hellos: list[dict[str, object]] = []

    def route(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        self.connections.append(route)

        def from_page(frame: str | bytes) -> None:
            told = json.loads(frame)
            if told["type"] == "hello":
                self.hellos.append(told)
                told["after"] += 100 if len(self.hellos) == 2 else 0
            server.send(json.dumps(told))

        route.on_message(from_page)
        server.on_message(route.send)


async def test_a_page_that_has_shown_more_than_is_kept_shows_what_is_kept_once(
    open_page: OpenPage,
) -> None:
    page, line = await open_page("/chat"), OldPage()
    await page.wait_for_selector(".line--bot")
    await page.route_web_socket(re.compile("/v1/chat/socket"), line.route)
    await page.reload()
    await page.wait_for_selector(".line--bot")
    await ask(page, "你好")
    shown = await page.locator(".bubble__text").all_inner_texts()
    await line.connections[0].close(code=1012)
    await expect(page.locator("#notice")).to_contain_text("以下是目前保存的内容")
    assert await page.locator(".bubble__text").all_inner_texts() == shown
    await ask(page, "谢谢")
    await expect(page.locator("#notice")).to_be_hidden()
    assert await page.locator(".line--own").count() == 2


async def test_an_ended_chat_is_gone_from_the_device_and_from_its_other_pages(
    open_page: OpenPage,
) -> None:
    page = await open_page("/chat")
    await page.wait_for_selector(".line--bot")
    await ask(page, "你好")
    ticket = await page.evaluate("localStorage.getItem('servicebot.ticket')")
    beside = await page.context.new_page()
    await beside.goto(page.url)
    await expect(beside.locator(".line--own")).to_have_count(1)
    await page.click("#end-chat")
    await expect(page.get_by_role("dialog")).to_contain_text("使用这台设备的人")
    await page.get_by_role("button", name="结束并移除").click()
    for one in (page, beside):
        await expect(one.locator("#notice")).to_contain_text("不再显示")
        await expect(one.locator(".line")).to_have_count(0)
        await expect(one.locator("#field")).to_be_hidden()
    assert await page.evaluate("localStorage.getItem('servicebot.ticket')") is None
    await beside.close()
    await page.evaluate("(old) => localStorage.setItem('servicebot.ticket', old)", ticket)
    await page.reload()
    await expect(page.locator("#notice")).to_contain_text("已失效")
    await page.wait_for_selector(".line--bot")
    assert await page.locator(".line--own").count() == 0
