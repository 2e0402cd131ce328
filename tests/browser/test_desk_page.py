"""The agents' page in a real browser, with a customer on the other side."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Locator, Page, expect

OpenPage = Callable[..., Awaitable[Page]]
SignIn = Callable[[Page], Awaitable[None]]
WaitUnseen = Callable[..., Awaitable[None]]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("empty_desk"),
]


async def waiting_customer(open_page: OpenPage, words: str) -> Page:
    """A customer who says something and then asks for a person."""
    page = await open_page("/chat")
    await page.wait_for_selector(".line--bot")
    await page.fill("#field", words)
    await page.press("#field", "Enter")
    await expect(page.locator(".line--bot")).not_to_have_count(1)
    await page.click("#person")
    await expect(page.locator("#owner")).to_have_attribute("data-owner", "queue")
    return page


async def take_one(desk: Page) -> None:
    """Takes the only ticket that waits."""
    held = await desk.locator("#mine .own").count()
    await expect(desk.locator("#waiting .ticket")).to_have_count(1)
    await desk.locator("#waiting .ticket .button").click()
    await expect(desk.locator("#mine .own")).to_have_count(held + 1)
    await expect(desk.locator("#conversation")).to_be_visible()


def bubble(page: Page, words: str) -> Locator:
    return page.locator(".bubble__text").get_by_text(words, exact=True)


async def test_a_wrong_password_is_told_and_the_right_one_opens(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    desk = await open_page("/desk", expected="401")
    await desk.fill("#name", "小王")
    await desk.fill("#password", "wrong")
    await desk.press("#password", "Enter")
    await expect(desk.locator("#sign-in-fault")).to_have_text("姓名、密码或动态码不对。")
    await desk.click("#language-before")
    await expect(desk.locator("#sign-in-fault")).to_contain_text("wrong")
    await desk.click("#language-before")
    await expect(desk.locator("#desk")).to_be_hidden()
    await sign_in(desk)
    await desk.reload()
    await expect(desk.locator("#agent")).to_have_text("小王")
    await desk.click("#sign-out")
    await expect(desk.locator("#sign-in")).to_be_visible()
    await desk.reload()
    await expect(desk.locator("#sign-in")).to_be_visible()


async def test_a_customer_goes_to_a_person_and_back(open_page: OpenPage, sign_in: SignIn) -> None:
    customer = await waiting_customer(open_page, "你好")
    desk = await open_page("/desk")
    await sign_in(desk)
    await expect(desk.locator("#waiting .ticket")).to_contain_text("客户要求人工")
    assert (await desk.title()).startswith("(")
    await take_one(desk)
    await expect(bubble(desk, "你好")).to_be_visible()
    await expect(customer.locator("#owner")).to_have_attribute("data-owner", "person")
    await desk.fill("#field", "我是小王,请讲。")
    await desk.press("#field", "Enter")
    said = customer.locator(".line--agent").filter(has_text="我是小王,请讲。")
    await expect(said.locator(".line__badge")).to_have_text("真人")
    await customer.fill("#field", "我想问还款")
    await customer.press("#field", "Enter")
    await expect(bubble(desk, "我想问还款")).to_be_visible()
    assert await bubble(desk, "我是小王,请讲。").count() == 1
    await desk.click("#hand-back")
    await expect(customer.locator("#owner")).to_have_attribute("data-owner", "bot")
    await expect(desk.locator("#nothing")).to_be_visible()
    answers = await customer.locator(".line--bot").count()
    await customer.fill("#field", "谢谢")
    await customer.press("#field", "Enter")
    await expect(customer.locator(".line--bot")).to_have_count(answers + 1)


async def test_a_refused_text_is_explained_and_kept(
    open_page: OpenPage, sign_in: SignIn, wait_unseen: WaitUnseen
) -> None:
    await wait_unseen("你好")
    desk = await open_page("/desk", expected="400")
    await sign_in(desk)
    await take_one(desk)
    await desk.fill("#field", "请打开 https://evil.example/pay")
    await desk.press("#field", "Enter")
    await expect(desk.locator("#composer-fault")).to_contain_text("没有发送")
    await expect(desk.locator("#composer-fault")).to_contain_text("evil.example")
    await desk.locator("#language").click()
    await expect(desk.locator("#composer-fault")).to_contain_text("Not sent: ")
    await desk.locator("#language").click()
    assert await desk.input_value("#field") == "请打开 https://evil.example/pay"
    await desk.fill("#field", "请打开银行 App 查看")
    await desk.press("#field", "Enter")
    await expect(desk.locator(".line--agent")).to_have_count(1)
    await expect(bubble(desk, "请打开银行 App 查看")).to_be_visible()


async def test_closing_is_asked_for_twice(open_page: OpenPage, sign_in: SignIn) -> None:
    customer = await waiting_customer(open_page, "你好")
    desk = await open_page("/desk")
    await sign_in(desk)
    await take_one(desk)
    await desk.click("#close")
    await desk.get_by_role("dialog").get_by_role("button", name="返回").click()
    await expect(desk.locator("#conversation")).to_be_visible()
    await desk.click("#close")
    await desk.get_by_role("dialog").get_by_role("button", name="结束", exact=True).click()
    await expect(desk.locator("#nothing")).to_be_visible()
    await expect(customer.locator("#owner")).to_have_attribute("data-owner", "bot")


async def test_news_in_another_conversation_is_marked_and_drafts_are_kept(
    open_page: OpenPage, sign_in: SignIn, wait_unseen: WaitUnseen
) -> None:
    first = await waiting_customer(open_page, "你好")
    desk = await open_page("/desk")
    await sign_in(desk)
    await take_one(desk)
    await expect(bubble(desk, "你好")).to_be_visible()
    await desk.fill("#field", "写到一半")
    await wait_unseen("谢谢")
    await take_one(desk)
    assert await desk.input_value("#field") == ""
    await first.fill("#field", "还在吗")
    await first.press("#field", "Enter")
    marked = desk.locator(".own").filter(has=desk.locator(".unread"))
    await expect(marked.locator(".unread")).to_have_text("1 条未读")
    await marked.click()
    await expect(bubble(desk, "还在吗")).to_be_visible()
    await expect(desk.locator(".unread")).to_have_count(0)
    assert await desk.input_value("#field") == "写到一半"


async def test_a_customers_one_time_link_cannot_be_used_up_at_the_desk(
    open_page: OpenPage, sign_in: SignIn, wait_unseen: WaitUnseen
) -> None:
    await wait_unseen("查余额")
    desk = await open_page("/desk")
    await sign_in(desk)
    await take_one(desk)
    await expect(desk.locator(".words").first).to_be_visible()
    assert await desk.locator("#lines a, #lines button").count() == 0


async def test_the_desk_speaks_english_too(
    open_page: OpenPage, sign_in: SignIn, wait_unseen: WaitUnseen
) -> None:
    await wait_unseen()
    desk = await open_page("/desk", locale="en-US")
    await sign_in(desk)
    await expect(desk.locator("#waiting .ticket")).to_contain_text("Asked for a person")
    await desk.click("#language")
    await expect(desk.locator("#waiting .ticket")).to_contain_text("客户要求人工")


async def test_danger_shows_at_once_in_the_head_of_a_held_conversation(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    customer = await waiting_customer(open_page, "你好")
    await expect(customer.locator("#person")).to_be_hidden()
    desk = await open_page("/desk")
    await sign_in(desk)
    await take_one(desk)
    await customer.fill("#field", "我不想活了")
    await customer.press("#field", "Enter")
    await expect(desk.locator("#facts")).to_contain_text("情绪危急")
    await expect(desk.locator("#mine .own")).to_contain_text("紧急")
    await desk.click("#close")
    await desk.get_by_role("button", name="结束", exact=True).click()
    await expect(customer.locator("#person")).to_be_visible()


async def test_the_desk_shows_who_has_just_left_and_why(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    customer = await waiting_customer(open_page, "你好")
    desk = await open_page("/desk")
    await sign_in(desk)
    await expect(desk.locator("#waiting .ticket")).to_have_count(1)
    await customer.click("#leave")
    await expect(desk.locator("#waiting .ticket")).to_have_count(0)
    await expect(desk.locator("#left .ticket").first).to_contain_text("客户不等了")


async def test_most_of_fifteen_waiting_customers_are_in_sight_on_a_small_screen(
    open_page: OpenPage, sign_in: SignIn, wait_unseen: WaitUnseen
) -> None:
    for number in range(15):
        await wait_unseen(f"第{number}位客户想问提前还款要不要手续费")
    desk = await open_page("/desk", viewport={"width": 1280, "height": 800})
    await sign_in(desk)
    tickets = desk.locator("#waiting .ticket")
    await expect(tickets).to_have_count(15)
    boxes = [await one.bounding_box() for one in await tickets.all()]
    ends = [box["y"] + box["height"] for box in boxes if box is not None]
    assert sum(end <= 800 for end in ends) >= 9


FOCUS = """() => {
  const { id, className, dataset } = document.activeElement;
  return [id || (dataset.ticket ? "ticket" : className), getComputedStyle(document.activeElement).outlineStyle];
}"""


async def test_the_desk_is_worked_with_the_keyboard_alone(
    open_page: OpenPage, sign_in: SignIn, wait_unseen: WaitUnseen
) -> None:
    for _ in range(2):
        await wait_unseen("你好")
    desk = await open_page("/desk")
    await sign_in(desk)
    await expect(desk.locator("#take-next")).to_be_focused()
    await expect(desk.locator("#waiting .ticket")).to_have_count(2)
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#field")).to_be_focused()
    await desk.keyboard.type("您好,请讲。")
    await desk.keyboard.press("Enter")
    await expect(bubble(desk, "您好,请讲。")).to_be_visible()
    stops: list[str] = []
    while not stops or stops[-1] != "take-next":
        await desk.keyboard.press("Shift+Tab")
        stop, outline = await desk.evaluate(FOCUS)
        assert outline != "none", stop
        stops.append(stop)
    ways = [stops.index(one) for one in ("close", "hand-back", "ticket", "take-next")]
    assert ways == sorted(ways)
    await desk.focus("#close")
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_role("button", name="返回")).to_be_focused()
    await desk.keyboard.press("Escape")
    await expect(desk.locator("#close")).to_be_focused()
    await expect(desk.locator("#conversation")).to_be_visible()


async def test_a_supervisor_gives_a_ticket_to_somebody_else(
    open_page: OpenPage, sign_in: Callable[..., Awaitable[None]], wait_unseen: WaitUnseen
) -> None:
    await wait_unseen("你好")
    desk = await open_page("/desk")
    await sign_in(desk)
    await expect(desk.get_by_role("button", name="分派")).to_have_count(0)
    chief = await open_page("/desk", expected="409")
    await sign_in(chief, "Sue")
    for name in ("nobody", "小王"):
        await chief.get_by_role("button", name="分派").click()
        await chief.get_by_label("客服姓名").fill(name)
        await chief.keyboard.press("Enter")
        if name == "nobody":
            await expect(chief.locator("#queue-fault")).to_have_text("这位客服现在不在岗。")
    await expect(desk.locator("#mine .own")).to_have_count(1)
    await expect(chief.locator("#others .ticket")).to_contain_text("小王")
    await expect(chief.locator("#queue-fault")).to_be_empty()
