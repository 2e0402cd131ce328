"""The two buttons under an answer: once, by keyboard too, for everybody, in every page of the chat."""

import json
import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Locator, Page, WebSocketRoute, expect
from tests.browser.look import look
from tests.browser.test_for_everybody import LOCALES, say
from tests.browser.test_reachability import LEAST_TAP_PX, READ_TAPS, SIDEWAYS, unreadable

OpenPage = Callable[..., Awaitable[Page]]
SignIn = Callable[..., Awaitable[None]]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FEE = {"zh": "微粒贷提前还款要手续费吗", "en": "Is there a fee for repaying Weilidai early?"}
PAYOUT = "微粒贷多久到账"
DISCONNECTED = "ERR_INTERNET_DISCONNECTED"


async def answered(page: Page, language: str = "zh") -> None:
    """Asks, and waits for the answer with its buttons."""
    await page.wait_for_selector(".line--bot")
    await say(page, FEE[language])
    await expect(taps(page)).to_have_count(2)


def taps(page: Page) -> Locator:
    return page.locator(".rating__tap")


def done(page: Page) -> Locator:
    return page.locator(".rating--done")


def bot(page: Page) -> Locator:
    return page.locator(".line--bot")


async def test_only_the_newest_answer_out_of_an_article_has_the_buttons(
    open_page: OpenPage,
) -> None:
    page = await open_page("/chat")
    await page.wait_for_selector(".line--bot")
    await say(page, "你好")
    await say(page, "查余额")
    await expect(taps(page)).to_have_count(0)
    await say(page, FEE["zh"])
    await expect(taps(page)).to_have_text(["有帮助", "没解决"])
    await say(page, PAYOUT)
    await expect(taps(page)).to_have_count(2)
    await expect(bot(page).last.locator(".rating__tap")).to_have_count(2)


async def test_helpful_is_thanked_for_once_and_nothing_more_is_said(open_page: OpenPage) -> None:
    page = await open_page("/chat")
    await answered(page)
    said = await bot(page).count()
    await taps(page).first.click()
    await expect(done(page)).to_have_text("您的评价：有帮助。谢谢！")
    await expect(taps(page)).to_have_count(0)
    await page.wait_for_timeout(300)
    assert await bot(page).count() == said
    await page.reload()
    await expect(done(page)).to_have_text("您的评价：有帮助。谢谢！")
    await expect(taps(page)).to_have_count(0)
    await page.click("#language")
    await expect(done(page)).to_have_text("You said: helpful. Thank you!")


async def test_not_solved_by_keyboard_offers_what_is_near_and_a_person(
    open_page: OpenPage,
) -> None:
    page = await open_page("/chat")
    await answered(page)
    said = await bot(page).count()
    await taps(page).first.focus()
    await page.keyboard.press("Tab")
    await expect(taps(page).last).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#field")).to_be_focused()
    await expect(bot(page)).to_have_count(said + 1)
    await expect(done(page)).to_contain_text("没解决")
    choices = page.locator(".choices:not([hidden]) .choice")
    await expect(choices.last).to_have_text("转人工")
    assert await choices.count() > 1
    await choices.first.click()
    await expect(bot(page).nth(said + 1)).to_be_visible()


async def test_who_comes_second_is_told_that_it_is_there_already(open_page: OpenPage) -> None:
    """The page has not heard yet of what was tapped in another."""
    page = await open_page("/chat")
    await answered(page)
    held: list[str | bytes] = []
    pages: list[WebSocketRoute] = []

    def route(socket: WebSocketRoute) -> None:
        pages.append(socket)
        server = socket.connect_to_server()
        socket.on_message(server.send)

        def from_server(frame: str | bytes) -> None:
            told = json.loads(frame)
            rates = any(line["rates"] for line in told.get("lines", ()))
            held.append(frame) if rates else socket.send(frame)

        server.on_message(from_server)

    other = await page.context.new_page()
    await other.route_web_socket(re.compile("/v1/chat/socket"), route)
    await other.goto(page.url)
    await expect(taps(other)).to_have_count(2)
    await taps(page).first.click()
    await expect(done(page)).to_have_count(1)
    await taps(other).last.click()
    await expect(taps(other).first).to_be_disabled()
    assert held
    for frame in held:
        pages[-1].send(frame)
    await expect(done(other)).to_have_text("您的评价：有帮助。谢谢！每条回答只能评价一次。")


async def test_what_is_tapped_offline_is_sent_when_the_line_is_back(open_page: OpenPage) -> None:
    page = await open_page("/chat", expected=DISCONNECTED)
    await answered(page)
    await page.context.set_offline(True)
    await expect(page.locator("#status")).to_have_attribute("data-link", "offline")
    await taps(page).first.click()
    await expect(taps(page).first).to_be_disabled()
    await page.context.set_offline(False)
    await expect(done(page)).to_have_text("您的评价：有帮助。谢谢！")


async def test_a_rating_that_is_not_taken_can_be_tapped_again(open_page: OpenPage) -> None:
    page = await open_page("/chat")
    await answered(page)

    def route(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(socket.send)

        def from_page(frame: str | bytes) -> None:
            said = json.loads(frame)
            if said["type"] != "rate":
                return server.send(frame)
            told = {"type": "not_rated", "id": said["id"], "article": said["article"], "detail": ""}
            return socket.send(json.dumps(told))

        socket.on_message(from_page)

    await page.route_web_socket(re.compile("/v1/chat/socket"), route)
    await page.reload()
    await taps(page).first.click()
    await expect(page.locator(".rating__why")).to_have_text("没有记下，请您再点一次。")
    await expect(taps(page).first).to_be_enabled()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_buttons_are_for_everybody(open_page: OpenPage, language: str) -> None:
    page = await open_page(
        "/chat", locale=LOCALES[language], viewport={"width": 360, "height": 740}
    )
    await answered(page, language)
    found = await look(page, "buttons", language)
    assert await unreadable(page) == []
    assert await page.evaluate(SIDEWAYS) == 0
    small = [
        tap
        for tap in await page.evaluate(READ_TAPS)
        if min(tap["width"], tap["height"]) < LEAST_TAP_PX
    ]
    assert small == []
    await taps(page).last.click()
    await expect(done(page)).to_have_count(1)
    found += await look(page, "rated", language)
    assert await unreadable(page) == []
    assert not found, "\n".join(found)


@pytest.mark.usefixtures("empty_desk")
async def test_an_agent_sees_what_the_customer_said_of_the_answer(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await open_page("/chat")
    await answered(page)
    await taps(page).last.click()
    await expect(done(page)).to_have_count(1)
    await page.click("#person")
    await expect(page.locator("#owner")).to_have_attribute("data-owner", "queue")
    desk = await open_page("/desk")
    await sign_in(desk)
    await desk.locator("#waiting .ticket .button").last.click()
    await expect(done(desk)).to_have_text("客户评价：没解决")
    await expect(taps(desk)).to_have_count(0)
