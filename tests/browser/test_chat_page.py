"""The customers' page in a real browser against the real server."""

import json
import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Locator, Page, WebSocketRoute, expect

OpenPage = Callable[..., Awaitable[Page]]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DISCONNECTED = "ERR_INTERNET_DISCONNECTED"


async def greeted(page: Page) -> None:
    await page.wait_for_selector(".line--bot")


async def ask(page: Page, words: str) -> None:
    """Says something with Enter and waits for the answer."""
    before = await page.locator(".line--bot").count()
    await page.fill("#field", words)
    await page.press("#field", "Enter")
    await expect(page.locator(".line--bot").nth(before)).to_be_visible()


def own(page: Page, words: str) -> Locator:
    return page.locator(".line--own .bubble__text").get_by_text(words, exact=True)


async def test_the_page_takes_the_browsers_language_and_the_switch_is_remembered(
    open_page: OpenPage,
) -> None:
    page = await open_page("/chat", locale="en-US")
    await greeted(page)
    await expect(page.locator("h1")).to_have_text("Bank assistant")
    assert await page.get_attribute("html", "lang") == "en"
    await page.click("#language")
    await expect(page.locator("h1")).to_have_text("银行智能客服")
    assert await page.get_attribute("html", "lang") == "zh-CN"
    await page.reload()
    await greeted(page)
    await expect(page.locator("#person")).to_have_text("转人工")
    await expect(page.locator(".sample")).to_contain_text("不是真实银行")


async def test_a_browser_that_speaks_neither_language_gets_chinese(open_page: OpenPage) -> None:
    page = await open_page("/chat", locale="fr-FR")
    await greeted(page)
    assert await page.get_attribute("html", "lang") == "zh-CN"


async def test_enter_and_the_button_send_and_shift_enter_breaks_the_line(
    open_page: OpenPage,
) -> None:
    page = await open_page("/chat")
    await greeted(page)
    await ask(page, "你好")
    await page.fill("#field", "第一行")
    await page.press("#field", "Shift+Enter")
    await page.locator("#field").press_sequentially("第二行")
    assert await page.input_value("#field") == "第一行\n第二行"
    await page.locator("#composer [type=submit]").dblclick()
    await expect(page.locator(".line--own")).to_have_count(2)
    assert await page.input_value("#field") == ""
    await expect(page.locator(".line--own").nth(1)).to_have_attribute("data-state", "sent")


async def test_enter_that_ends_an_input_methods_composition_does_not_send(
    open_page: OpenPage,
) -> None:
    page = await open_page("/chat")
    await greeted(page)
    await page.fill("#field", "zhuan")
    await page.evaluate(
        "document.getElementById('field').dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    assert await page.locator(".line--own").count() == 0
    assert await page.input_value("#field") == "zhuan"


async def test_nothing_is_twice_or_missing_after_a_reload(open_page: OpenPage) -> None:
    page = await open_page("/chat")
    await greeted(page)
    await ask(page, "你好")
    await ask(page, "谢谢")
    before = await page.locator(".bubble__text").all_inner_texts()
    await page.reload()
    await expect(page.locator(".line")).to_have_count(len(before))
    assert await page.locator(".bubble__text").all_inner_texts() == before


async def test_words_written_offline_wait_and_go_out_once(open_page: OpenPage) -> None:
    page = await open_page("/chat", expected=DISCONNECTED)
    await greeted(page)
    await page.context.set_offline(True)
    await expect(page.locator("#status")).to_contain_text("网络已断开")
    await page.fill("#field", "你好")
    await page.press("#field", "Enter")
    line = page.locator(".line--own")
    await expect(line).to_have_attribute("data-state", "pending")
    await page.context.set_offline(False)
    await expect(page.locator("#status")).to_have_text("已重新连接")
    await expect(line).to_have_attribute("data-state", "sent")
    await expect(page.locator(".line--bot")).to_have_count(2)
    assert await own(page, "你好").count() == 1


class LossyLine:
    """A connection whose answers are lost after the first words, until it is cut and renewed."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.connections: list[WebSocketRoute] = []

    def route(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        self.connections.append(route)
        lossy = len(self.connections) == 1

        def from_page(frame: str | bytes) -> None:
            told = json.loads(frame)
            self.said.extend([told["id"]] if told["type"] == "say" else [])
            server.send(frame)

        def from_server(frame: str | bytes) -> None:
            if not (lossy and self.said):
                route.send(frame)

        route.on_message(from_page)
        server.on_message(from_server)


async def test_where_the_servers_word_was_lost_the_same_id_is_said_again(
    open_page: OpenPage,
) -> None:
    page, line = await open_page("/chat"), LossyLine()
    await greeted(page)
    await page.route_web_socket(re.compile("/v1/chat/socket"), line.route)
    await page.reload()
    await greeted(page)
    await page.fill("#field", "你好")
    await page.press("#field", "Enter")
    await expect(page.locator(".line--own")).to_have_attribute("data-state", "pending")
    await page.wait_for_timeout(500)
    assert len(line.said) == 1
    await line.connections[0].close(code=1012)
    await expect(page.locator(".line--own")).to_have_attribute("data-state", "sent")
    await expect(page.locator(".line--bot")).to_have_count(2)
    assert line.said == [line.said[0]] * 2
    assert await own(page, "你好").count() == 1


async def test_a_refused_ticket_opens_a_new_conversation_and_says_so(open_page: OpenPage) -> None:
    page = await open_page("/chat")
    await greeted(page)
    await ask(page, "你好")
    await page.evaluate("localStorage.setItem('servicebot.ticket', '\"forged\"')")
    await page.reload()
    await expect(page.locator("#notice")).to_contain_text("已失效")
    await greeted(page)
    assert await page.locator(".line--own").count() == 0
    await ask(page, "谢谢")


async def test_a_new_chat_is_asked_for_twice(open_page: OpenPage) -> None:
    page = await open_page("/chat")
    await greeted(page)
    await ask(page, "你好")
    await page.click("#new-chat")
    await page.get_by_role("button", name="返回").click()
    await expect(page.locator(".line--own")).to_have_count(1)
    await page.click("#new-chat")
    await page.get_by_role("dialog").get_by_role("button", name="开始新对话").click()
    await expect(page.locator(".line--own")).to_have_count(0)
    await greeted(page)
    await page.reload()
    await greeted(page)
    assert await page.locator(".line").count() == 1


async def test_only_the_newest_choices_can_be_tapped(open_page: OpenPage) -> None:
    page = await open_page("/chat")
    await greeted(page)
    await expect(page.locator(".line--bot").first.locator(".choice").first).to_be_visible()
    await ask(page, "你好")
    await expect(page.locator(".line--bot").first.locator(".choice").first).to_be_hidden()
    newest = page.locator(".line--bot").last.locator(".choice")
    says = await newest.last.inner_text()
    await newest.last.dblclick()
    await expect(own(page, says)).to_have_count(1)
    await expect(page.locator(".choice:visible").get_by_text(says, exact=True)).to_have_count(0)


async def test_markup_stays_words(open_page: OpenPage) -> None:
    page = await open_page("/chat")
    await greeted(page)
    markup = "<img src=x onerror=\"document.title='x'\"><script>document.title='y'</script>"
    await ask(page, markup)
    await page.reload()
    await expect(own(page, markup)).to_be_visible()
    assert await page.locator(".bubble img, .bubble script").count() == 0
    assert await page.title() == "银行智能客服"


async def test_too_many_characters_are_told_and_not_sent(open_page: OpenPage) -> None:
    page = await open_page("/chat")
    await greeted(page)
    await page.fill("#field", "长" * 1990)
    await expect(page.locator("#counter")).to_have_text("1990 / 2000")
    await page.fill("#field", "长" * 2003)
    await expect(page.locator("#counter")).to_contain_text("超出 3 字")
    await page.press("#field", "Enter")
    assert await page.locator(".line--own").count() == 0
    assert len(await page.input_value("#field")) == 2003


async def test_everything_works_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = await open_page("/chat")
    await greeted(page)
    stops = []
    for _ in range(20):
        await page.keyboard.press("Tab")
        stops.append(
            await page.evaluate("document.activeElement.id || document.activeElement.className")
        )
        if stops[-1] == "field":
            break
    assert stops.index("language") < stops.index("new-chat") < stops.index("log")
    assert stops.index("log") < stops.index("person") < stops.index("field")
    assert "button choice" in stops
    await page.keyboard.type("你好")
    await page.keyboard.press("Enter")
    await expect(page.locator(".line--bot")).to_have_count(2)
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#owner")).to_have_attribute("data-owner", "queue")


async def test_who_no_longer_wants_to_wait_goes_back_to_the_bot(open_page: OpenPage) -> None:
    page = await open_page("/chat")
    await greeted(page)
    await page.click("#person")
    await page.click("#leave")
    await expect(page.locator("#owner")).to_have_attribute("data-owner", "bot")
    await expect(page.locator("#owner")).to_be_hidden()
