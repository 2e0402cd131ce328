"""Every page in every state that matters: axe finds nothing, and all words are in one language."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import pytest
from playwright.async_api import Page, Route, WebSocketRoute, expect
from tests.browser.look import SINKS, look

OpenPage = Callable[..., Awaitable[Page]]
SignIn = Callable[..., Awaitable[None]]
WaitUnseen = Callable[..., Awaitable[None]]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LOCALES: Final = {"zh": "zh-CN", "en": "en-US"}
EXPECTED: Final = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED")
STOPPED: Final = ("CSP: ", "violates the following", "requires 'Trusted", "Trusted Type")
WORDS: Final = {
    "zh": {
        "balance": "查余额",
        "repay": ("我要提前还款", "第一笔", "500", "确认"),
        "two": r"数字 (\d\d)",
    },
    "en": {
        "balance": "check my balance",
        "repay": ("I want to repay my loan early", "the first one", "500", "confirm"),
        "two": r"\b(\d\d)\b",
    },
}
PIN: Final = "135791"


async def say(page: Page, words: str) -> None:
    before = await page.locator(".line--bot").count()
    await page.fill("#field", words)
    await page.press("#field", "Enter")
    await expect(page.locator(".line--bot").nth(before)).to_be_visible()


async def follow_link(page: Page) -> Page:
    async with page.context.expect_page() as opened:
        await page.locator("a.link").last.click()
    bank = await opened.value
    await bank.wait_for_load_state()
    return bank


async def send(bank: Page, pin: str, button: str = "button.yes") -> None:
    await bank.fill("#pin", pin)
    await bank.click(button)
    await bank.wait_for_load_state()


async def link(page: Page, language: str) -> list[str]:
    """The bank's page that binds a chat: asked, wrong code, wrong PIN, done."""
    shown = await page.locator(".bubble__text").last.inner_text()
    code = re.search(str(WORDS[language]["two"]), shown)
    assert code is not None, shown
    bank = await follow_link(page)
    found = await look(bank, "link", language)
    other = "10" if code[1] != "10" else "11"
    for state, digits, pin in (("wrong code", other, PIN), ("wrong pin", code[1], "000000")):
        await bank.fill("#code", digits)
        await bank.check("input[value='chen-xiaoming']")
        await send(bank, pin)
        await expect(bank.locator("[role=alert]")).to_be_visible()
        found += await look(bank, state, language)
    await bank.fill("#code", code[1])
    await bank.check("input[value='chen-xiaoming']")
    await send(bank, PIN)
    found += await look(bank, "linked", language)
    await bank.close()
    return found


async def decline_step_up(page: Page, language: str) -> list[str]:
    bank = await follow_link(page)
    found = await look(bank, "step-up", language)
    await send(bank, "000000")
    found += await look(bank, "step-up wrong pin", language)
    await send(bank, PIN, "button.no")
    found += await look(bank, "step-up declined", language)
    await bank.close()
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_way_of_a_customer(open_page: OpenPage, language: str) -> None:
    page = await open_page("/", expected=EXPECTED, locale=LOCALES[language])
    await page.wait_for_selector(".line--bot")
    found = await look(page, "greeted", language)
    await say(page, str(WORDS[language]["balance"]))
    await page.wait_for_selector("a.link")
    found += await look(page, "link offered", language)
    found += await link(page, language)
    await page.wait_for_selector(".card")
    for words in WORDS[language]["repay"]:
        await say(page, words)
    await expect(page.locator("a.link")).to_have_count(2)
    found += await look(page, "terms and step-up", language)
    found += await decline_step_up(page, language)
    await page.click("#person")
    await expect(page.locator("#owner")).to_have_attribute("data-owner", "queue")
    found += await look(page, "waiting", language)
    await page.click("#leave")
    await expect(page.locator("#owner")).to_have_attribute("data-owner", "bot")
    assert not found, "\n".join(found)


class BusyLine:
    """A line on which everything said is told to come again later, or is refused."""

    def __init__(self, told: Mapping[str, object]) -> None:
        self._told = told

    def route(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def from_page(frame: str | bytes) -> None:
            said = json.loads(frame)
            if said["type"] == "say":
                route.send(json.dumps({**self._told, "id": said["id"]}))
            else:
                server.send(frame)

        route.on_message(from_page)
        server.on_message(route.send)


async def crowded(route: Route) -> None:
    await route.fulfill(status=503, headers={"Retry-After": "30"}, body="{}")


async def say_on(page: Page, line: BusyLine, shows: str) -> None:
    """Says something on a line that does not take it."""
    await page.route_web_socket(re.compile("/v1/chat/socket"), line.route)
    await page.evaluate("localStorage.removeItem('servicebot.unaccepted')")
    await page.reload()
    await page.wait_for_selector(".line--bot")
    await page.fill("#field", "hello")
    await page.press("#field", "Enter")
    await page.wait_for_selector(f".line--own[data-state={shows}]")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_chat_page_whose_words_are_not_taken(open_page: OpenPage, language: str) -> None:
    page = await open_page("/chat", expected=EXPECTED, locale=LOCALES[language])
    await page.wait_for_selector(".line--bot")
    await say_on(page, BusyLine({"type": "later", "after": 30}), "pending")
    found = await look(page, "busy", language)
    await say_on(page, BusyLine({"type": "refused", "detail": "`text` must be a 字"}), "failed")
    await page.fill("#field", "x" * 2001)
    found += await look(page, "refused and too long", language)
    await page.context.set_offline(True)
    await expect(page.locator("#status")).to_have_attribute("data-link", "offline")
    found += await look(page, "offline", language)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_chat_page_before_and_after_the_end(open_page: OpenPage, language: str) -> None:
    page = await open_page("/chat", expected=EXPECTED, locale=LOCALES[language])
    await page.wait_for_selector(".line--bot")
    await page.click("#end-chat")
    found = await look(page, "end chat?", language)
    await page.locator("dialog .button--main").click()
    await expect(page.locator("#notice")).to_be_visible()
    found += await look(page, "ended", language)
    await page.evaluate("localStorage.setItem('servicebot.ticket', '\"forged\"')")
    await page.reload()
    await expect(page.locator("#notice")).to_be_visible()
    found += await look(page, "expired", language)
    await page.route(re.compile("/v1/chat/sessions$"), crowded)
    await page.evaluate("localStorage.removeItem('servicebot.ticket')")
    await page.reload()
    await expect(page.locator("#status")).to_have_attribute("data-link", "crowded")
    found += await look(page, "crowded", language)
    assert not found, "\n".join(found)


async def sign_in_wrongly(desk: Page) -> None:
    await desk.fill("#name", "nobody")
    await desk.fill("#password", "wrong")
    await desk.press("#password", "Enter")
    await expect(desk.locator("#sign-in-fault")).not_to_be_empty()


async def be_refused(desk: Page) -> None:
    await desk.fill("#field", "https://evil.example/")
    await desk.press("#field", "Enter")
    await expect(desk.locator("#composer-fault")).not_to_be_empty()


@pytest.mark.usefixtures("empty_desk")
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_desk(
    open_page: OpenPage, sign_in: SignIn, wait_unseen: WaitUnseen, language: str
) -> None:
    desk = await open_page("/desk", expected=EXPECTED, locale=LOCALES[language])
    await sign_in_wrongly(desk)
    found = await look(desk, "wrong password", language)
    await sign_in(desk)
    found += await look(desk, "empty", language)
    for words in ("查余额", "I was defrauded"):
        await wait_unseen(words)
    await expect(desk.locator("#waiting .ticket")).to_have_count(2)
    await desk.locator("#waiting .ticket .button").last.click()
    await desk.wait_for_selector(".line--customer")
    await be_refused(desk)
    found += await look(desk, "queue, ticket open, words refused", language)
    chief = await open_page("/desk", expected=EXPECTED, locale=LOCALES[language])
    await sign_in(chief, "Sue")
    await chief.wait_for_selector("#others .ticket")
    found += await look(chief, "held by others", language)
    await chief.locator("#waiting .ticket .button").first.click()
    await chief.wait_for_selector("dialog[open]")
    found += await look(chief, "give to", language)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_who_does_not_serve_at_the_desk(
    open_page: OpenPage, sign_in: SignIn, language: str
) -> None:
    desk = await open_page("/desk", expected=EXPECTED, locale=LOCALES[language])
    found = await look(desk, "signed out", language)
    for name, shows in (("Aud", "#trail-rows td"), ("Adm", "#trail-agent")):
        await sign_in(desk, name, "#trail")
        await desk.wait_for_selector(shows)
        found += await look(desk, name, language)
        await desk.click("#trail-sign-out")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", ["/chat", "/desk"])
async def test_no_text_becomes_markup_or_code(open_page: OpenPage, path: str) -> None:
    page = await open_page(path, expected=STOPPED)
    await page.wait_for_selector("h1")
    if path == "/chat":
        await page.wait_for_selector(".line--bot")
        await say(page, "查余额")
        await page.wait_for_selector("a.link")
        assert await (await follow_link(page)).evaluate(SINKS) == []
    assert await page.evaluate(SINKS) == []
