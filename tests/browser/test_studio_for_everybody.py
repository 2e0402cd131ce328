"""The studio's screens: axe finds nothing, all words are in one language, and a phone can show them."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Final

import pytest
from playwright.async_api import Page, expect
from tests.browser.look import SINKS, look
from tests.browser.test_reachability import LEAST_TAP_PX, LEAST_TEXT_PX, READ_TEXTS, SIDEWAYS

OpenPage = Callable[..., Awaitable[Page]]
SignIn = Callable[..., Awaitable[None]]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LOCALES: Final = {"zh": "zh-CN", "en": "en-US"}
PATH: Final = "knowledge_base/zh/weilidai/payout-time.md"
TABLE: Final = "knowledge_base/values/weilidai.csv"
PATIENT_MS: Final = 120_000
LATE_MS: Final = 60_000
PHONE: Final = {"width": 360, "height": 740}
CUT_TABS: Final = """() => [...document.querySelectorAll(".tab")]
  .filter((tab) => tab.scrollWidth > tab.clientWidth).map((tab) => tab.textContent)"""
STOPPED: Final = ("CSP: ", "violates the following", "requires 'Trusted", "Trusted Type")
READ_TAPS: Final = """() => [...document.querySelectorAll("button, a, textarea, input, select, summary")]
  .filter((node) => node.checkVisibility())
  .map((node) => (["checkbox", "radio"].includes(node.type) ? node.closest("label") : node))
  .map((node) => ({ what: node.outerHTML.slice(0, 120), box: node.getBoundingClientRect() }))
  .map(({ what, box }) => ({ what, width: box.width, height: box.height }))"""


async def ask_unseen(page: Page, *questions: str) -> None:
    """Asks in a chat without a page."""
    conversation = secrets.token_hex(4)
    for number, text in enumerate(questions):
        body = {"conversation": conversation, "id": str(number), "text": text}
        address = page.url.split("/studio")[0] + "/v1/messages?wait=1"
        assert (await page.request.post(address, data=body)).ok


async def show(page: Page, hash_: str, ready: str) -> None:
    """Goes to a screen and waits for what it shows."""
    await page.evaluate("(hash) => { location.hash = hash; }", hash_)
    await page.locator(ready).first.wait_for(timeout=PATIENT_MS)


async def edit(page: Page, language: str) -> list[str]:
    """A draft with a fault in it, then without."""
    await page.click("#begin-draft")
    await page.wait_for_selector("dialog[open]")
    found = await look(page, "new draft?", language)
    await page.fill("#question-name", "Draft 草稿")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#draft-bar a")
    await show(page, f"#/file?path={PATH}", "#source")
    text = await page.locator("#source").input_value()
    await page.fill(
        "#source", text.replace("title: ", "titles: ", 1).replace("\n\n", "\n再说一句。\n\n")
    )
    await page.click("#save")
    await page.locator(".complaint").first.wait_for(timeout=LATE_MS)
    found += await look(page, "complaints", language)
    head, _, answer = text.rpartition("\n---\n")  # the phrases stay: nothing is fitted
    await page.fill("#source", head + "\n---\n" + answer.replace("\n", "请您耐心等候。\n", 1))
    await page.click("#save")
    await page.locator("#complaints .good").wait_for(timeout=LATE_MS)
    found += await look(page, "file", language)
    await show(page, f"#/file?path={TABLE}", "#grid input")
    await page.locator("#grid tr[data-row='1'] input[data-column='1']").fill("viel")
    await page.keyboard.press("Enter")
    await page.locator(".grid__row--wrong").wait_for(timeout=LATE_MS)
    found += await look(page, "table", language)
    await page.locator("#preview li").first.wait_for()
    return found


async def review(page: Page, language: str) -> list[str]:
    """The draft with its effect, in review, and given to the approver."""
    await page.click("#draft-bar a")
    await page.click("#compare")
    await page.locator("#effect-told").wait_for(timeout=PATIENT_MS)
    found = []
    for summary in await page.locator("#groups summary").all():
        await summary.click()
    found += await look(page, "draft compared", language)
    await page.click("#submit")
    await expect(page.locator("#draft-state")).to_have_attribute("data-state", "in_review")
    return found + await look(page, "in review", language)


async def browse(page: Page, language: str) -> list[str]:
    """The tour, the list of files and a search."""
    await page.wait_for_selector("#files tbody tr")
    found = await look(page, "tour and files", language)
    await page.click("#tour-skip")
    await page.click("#by-line summary")
    found += await look(page, "lines", language)
    await page.fill("#search-words", "微粒贷")
    await page.press("#search-words", "Enter")
    await page.wait_for_selector("#hits li")
    await page.fill("#filter-words", "nothing-like-it")
    return found + await look(page, "hits and no files", language)


async def try_a_question(page: Page, language: str) -> list[str]:
    """Before and after it is asked."""
    await show(page, "#/ask", "#question")
    found = await look(page, "ask", language)
    await page.fill("#question", "多久到账")
    await page.press("#question", "Enter")
    await page.locator("[data-edition=draft]").wait_for(timeout=PATIENT_MS)
    return found + await look(page, "asked", language)


async def see_the_rest(page: Page, language: str) -> list[str]:
    """A new article, what was missed, the history with a change laid open, the drafts."""
    await show(page, "#/new?phrase=x", "#new-make")
    found = await look(page, "new article", language)
    await show(page, "#/misses", "#misses summary")
    found += await look(page, "misses", language)
    await show(page, "#/figures", "#chart canvas")
    found += await look(page, "figures", language)
    await show(page, "#/history", "#revisions summary")
    await page.locator("#revisions summary").first.click()
    changed = page.locator("#revisions .changes details").first
    await changed.wait_for()
    if await changed.get_attribute("open") is None:  # a change of few files is laid open already
        await changed.locator("summary").click()
    await changed.locator(".diff").wait_for(timeout=LATE_MS)
    found += await look(page, "history", language)
    await show(page, "#/drafts", "#in-review")
    return found + await look(page, "drafts", language)


async def approve(chief: Page, language: str) -> list[str]:
    """A draft in review as its approver sees it."""
    await show(chief, "#/drafts", "#in-review a")
    await chief.locator("#in-review a").first.click()
    await chief.click("#publish")
    await chief.wait_for_selector("dialog[open]")
    found = await look(chief, "publish?", language)
    await chief.keyboard.press("Escape")
    return found + await look(chief, "approver", language)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_screen_is_for_everybody(
    open_page: OpenPage, sign_in: SignIn, language: str
) -> None:
    page = await open_page("/studio", expected="Failed to load", locale=LOCALES[language])
    await ask_unseen(page, "借款多久到账", "桃花坞里桃花庵", "转人工")
    await page.wait_for_selector("#sign-in:not([hidden])")
    found = await look(page, "signed out", language)
    await sign_in(page, "Aud", "#not-for-you")
    found += await look(page, "not for you", language)
    await page.click("#other-sign-out")
    await sign_in(page, "Edi", "#studio")
    found += await browse(page, language)
    found += await edit(page, language)
    found += await try_a_question(page, language)
    found += await review(page, language)
    found += await see_the_rest(page, language)
    chief = await open_page("/studio", expected="Failed to load", locale=LOCALES[language])
    await sign_in(chief, "Ann", "#studio")
    found += await approve(chief, language)
    assert not found, "\n".join(found)


async def test_a_phone_shows_every_screen(open_page: OpenPage, sign_in: SignIn) -> None:
    page = await open_page("/studio", viewport=PHONE)
    await sign_in(page, "Ann", "#studio")
    screens = {
        "#/files": "#files tbody tr",
        f"#/file?path={PATH}": "#preview .said",
        f"#/file?path={TABLE}": "#grid input",
        "#/ask": "#question",
        "#/tests": "#test-begin",
        "#/tables": "#tables tbody tr",
        "#/imports": "#import-take",
        "#/figures": "#figures, .none",
        "#/drafts": "h3",
        "#/history": "#revisions li, .none",
        "#/new": "#new-make",
    }
    wrong = [f"tab {name} is cut" for name in await page.evaluate(CUT_TABS)]
    for hash_, ready in screens.items():
        await show(page, hash_, ready)
        wrong += [f"{hash_} is too wide"] if await page.evaluate(SIDEWAYS) > 0 else []
        wrong += [
            f"{hash_} {one}"
            for one in await page.evaluate(READ_TAPS)
            if min(one["width"], one["height"]) < LEAST_TAP_PX - 0.5
        ]
        texts = await page.evaluate(READ_TEXTS)
        wrong += [f"{hash_} {one}" for one in texts if one["px"] < LEAST_TEXT_PX]
    assert not wrong, "\n".join(wrong)


async def test_no_text_becomes_markup_or_code_in_the_studio(open_page: OpenPage) -> None:
    page = await open_page("/studio", expected=STOPPED)
    await page.wait_for_selector("h1")
    assert await page.evaluate(SINKS) == []


async def test_the_keys_alone_lead_through_the_studio(open_page: OpenPage, sign_in: SignIn) -> None:
    page = await open_page("/studio")
    await sign_in(page, "Edi", "#studio")
    await page.wait_for_selector("#files tbody tr")
    await page.focus("#tour-skip")
    await page.keyboard.press("Enter")
    await page.focus("#tabs a[href='#/drafts']")
    await page.keyboard.press("Enter")
    await expect(page.locator("#screen")).to_be_focused()
    await page.focus("#begin-draft")
    await page.keyboard.press("Enter")
    await expect(page.locator("#question-name")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#begin-draft")).to_be_focused()
