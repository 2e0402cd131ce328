"""The studio in a real browser: from a draft to what customers read, and back."""

from collections.abc import Awaitable, Callable
from typing import Final

import pytest
from playwright.async_api import Page, expect

OpenPage = Callable[..., Awaitable[Page]]
SignIn = Callable[..., Awaitable[None]]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PATH: Final = "knowledge_base/zh/weilidai/payout-time.md"
QUESTION: Final = "借款多久到账"
NEW: Final = "请您耐心等候。"
PATIENT_MS: Final = 240_000  # two editions are loaded for a comparison, on a busy machine
LATE_MS: Final = 60_000


async def studio(open_page: OpenPage, sign_in: SignIn, name: str, **options: object) -> Page:
    """The studio with somebody signed in, past the tour."""
    page = await open_page("/studio", **options)
    await sign_in(page, name, "#studio")
    await page.click("#tour-skip")
    await expect(page.locator("#tour")).to_be_hidden()
    return page


async def see(page: Page, screen: str) -> None:
    """Goes to a screen by its tab."""
    await page.click(f"#tabs a[href='#/{screen}']")
    await expect(page.locator(f"#tabs a[href='#/{screen}']")).to_have_attribute(
        "aria-current", "page"
    )


async def answer_in_chat(open_page: OpenPage, words: str) -> str:
    """What the bot says to it in a fresh chat."""
    chat = await open_page("/chat")
    await chat.wait_for_selector(".line--bot")
    await chat.fill("#field", words)
    await chat.press("#field", "Enter")
    await expect(chat.locator(".line--bot")).not_to_have_count(1)
    return await chat.locator(".line--bot .bubble__text").nth(1).inner_text()


async def answers(open_page: OpenPage, words: str, *, until: bool) -> None:
    """Waits until the answer has the new words, or has them no more."""
    for _ in range(20):
        if (NEW in await answer_in_chat(open_page, words)) is until:
            return
    pytest.fail(f"The new words are {'not ' if until else ''}there.")


async def begin_draft(page: Page, title: str) -> None:
    await page.click("#begin-draft")
    await page.fill("#question-name", title)
    await page.keyboard.press("Enter")
    await expect(page.locator("#draft-choice option:checked")).to_have_text(title)


async def edit(page: Page) -> None:
    """Breaks the head of the article, sees the complaint, mends it."""
    await page.fill("#filter-words", PATH)
    await page.click("#files tbody a")
    text = await page.locator("#source").input_value()
    head, _, answer = text.rpartition("\n---\n")
    changed = head + "\n---\n" + answer.replace("\n", NEW + "\n", 1)
    await page.fill("#source", changed.replace("title: ", "titles: ", 1))
    await page.click("#save")
    complaint = page.locator(".complaint").first
    await expect(complaint).to_contain_text(PATH, timeout=LATE_MS)
    await complaint.locator("a").click()
    await expect(page.locator("#source")).to_be_focused()
    await page.fill("#source", changed)
    await expect(page.locator("#file-state")).to_have_text("有未保存的修改。")
    await page.keyboard.press("Control+s")
    await expect(page.locator("#complaints .good")).to_be_visible(timeout=LATE_MS)
    await expect(page.locator("#difference .diff__after--marked")).to_contain_text(NEW)


async def compare(page: Page) -> None:
    await page.click("#compare")
    await expect(page.locator("#effect progress")).to_be_visible()
    await expect(page.locator("#effect-told")).to_be_visible(timeout=PATIENT_MS)


async def publish(page: Page, title: str) -> None:
    """A second person looks, is told what is left, signs and publishes."""
    await see(page, "drafts")
    await page.locator("#in-review").get_by_role("link", name=title).click()
    await page.click("#publish")
    await page.locator("dialog .button--main").click()
    await expect(page.locator("#left-to-do")).to_be_visible(timeout=LATE_MS)
    await page.locator("#groups summary").first.click()
    await expect(page.locator("#groups .flip").first).to_contain_text(NEW)
    for box in await page.locator("#groups input").all():
        await box.check()
    await page.click("#sign")
    await expect(page.locator("#groups .good").first).to_contain_text("Ann")
    await page.click("#publish")
    await page.locator("dialog .button--main").click()
    await expect(page.locator("#draft-state")).to_have_attribute(
        "data-state", "published", timeout=LATE_MS
    )


@pytest.mark.timeout(600)
async def test_a_draft_goes_from_an_editor_over_an_approver_to_customers_and_back(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    title = "到账时间补充一句"
    assert NEW not in await answer_in_chat(open_page, QUESTION)
    editor = await studio(open_page, sign_in, "Edi")
    await begin_draft(editor, title)
    await edit(editor)
    await editor.click("#draft-bar a")
    await compare(editor)
    await expect(editor.locator("#groups li").first).to_contain_text("微粒贷借款一般多久到账")
    await editor.click("#submit")
    await expect(editor.locator("#draft-state")).to_have_attribute("data-state", "in_review")
    await expect(editor.locator("#publish")).to_have_count(0)
    approver = await studio(open_page, sign_in, "Ann", expected="409")
    await publish(approver, title)
    await answers(open_page, QUESTION, until=True)
    await see(approver, "history")
    newest = approver.locator("#revisions li").first
    for words in (title, "Edi", "Ann"):
        await expect(newest).to_contain_text(words)
    await newest.locator("summary").first.click()
    await expect(newest.locator(".diff__after--marked")).to_contain_text(NEW)
    await newest.get_by_role("button", name="撤销").click()
    await approver.locator("dialog .button--main").click()
    await expect(approver.locator("#revisions li").first).to_contain_text("Roll back")
    await answers(open_page, QUESTION, until=False)


async def test_the_studio_is_for_editors_and_approvers(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await open_page("/studio", expected="403")
    await sign_in(page, "Aud", "#not-for-you")
    await expect(page.locator("#not-for-you")).to_contain_text("内容编辑和审核人")
    await page.click("#other-sign-out")
    await expect(page.locator("#sign-in")).to_be_visible()


async def test_who_mistypes_the_password_is_told_so(open_page: OpenPage) -> None:
    page = await open_page("/studio", expected="401")
    await page.fill("#name", "Edi")
    await page.fill("#password", "wrong")
    await page.press("#password", "Enter")
    await expect(page.locator("#sign-in-fault")).to_have_text("姓名、密码或动态码不对。")
    await page.click("#language-before")
    await expect(page.locator("#sign-in-fault")).to_contain_text("Name, password or code")


async def test_lines_and_files_are_sorted_with_the_keys(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await studio(open_page, sign_in, "Edi")
    await page.focus("#by-line summary")
    await page.keyboard.press("Enter")
    await page.focus("#by-line [data-sort=line]")
    await page.keyboard.press("Enter")
    await expect(page.locator("#by-line th[aria-sort=ascending]")).to_have_count(1)
    await expect(page.locator("#by-line [data-sort=line]")).to_be_focused()
    lines = await page.locator("#by-line tbody th").all_inner_texts()
    assert lines == sorted(lines)
    await page.locator("#by-line tr[data-line=weilidai] button").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#filter-line")).to_have_value("weilidai")
    await page.focus("#files [data-sort=title]")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.locator("#files th[aria-sort=descending]")).to_have_count(1)
    paths = await page.locator("#files tbody .path").all_inner_texts()
    assert all("/weilidai/" in one for one in paths)


async def test_a_new_article_stands_in_both_languages(open_page: OpenPage, sign_in: SignIn) -> None:
    page = await studio(open_page, sign_in, "Edi")
    await begin_draft(page, "新文章")
    await page.click("a[href='#/new']")
    facts = {"line": "weilidai", "name": "new-thing", "zh": "新问题", "en": "A new question"}
    for name, words in {**facts, "owner": "loans@bank.example", "source": "section 1"}.items():
        await page.fill(f"#new-{name}", words)
    await page.click("#new-make")
    await expect(page.locator(".path--head")).to_have_text(
        "knowledge_base/zh/weilidai/new-thing.md", timeout=LATE_MS
    )
    await expect(page.locator(".complaint").first).to_be_visible(timeout=LATE_MS)
    await page.click("#draft-bar a")
    await expect(page.locator("#paths li")).to_have_count(2)
    await page.click("#drop")
    await page.locator("dialog .button--main").click()
    await expect(page.locator("#draft-state")).to_have_attribute("data-state", "dropped")


async def test_words_that_are_not_saved_outlive_another_screen(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await studio(open_page, sign_in, "Edi")
    await page.goto(page.url.split("#")[0] + f"#/file?path={PATH}")
    await page.locator("#source").wait_for()
    await page.locator("#source").press("Control+End")
    await page.keyboard.type("xyz")
    await expect(page.locator("#file-state")).to_have_text("有未保存的修改。")
    await see(page, "history")
    await page.go_back()
    await page.locator("#source").wait_for()
    assert (await page.locator("#source").input_value()).endswith("xyz")


async def test_the_tour_is_shown_once_even_where_the_browser_keeps_nothing(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await open_page("/studio")
    await page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); } }"
    )
    await sign_in(page, "Edi", "#studio")
    for step in range(1, 6):
        await expect(page.locator("#tour-title")).to_contain_text(f"{step}/5")
        await page.locator("#tour .button--main").click()
    await expect(page.locator("#tour")).to_be_hidden()
    await see(page, "drafts")
    await expect(page.locator("#tour")).to_be_hidden()


async def test_the_whole_page_is_light(open_page: OpenPage, sign_in: SignIn) -> None:
    page = await open_page("/studio")
    await sign_in(page, "Edi", "#studio")
    await page.evaluate("import('/static/third_party/uplot/uplot.js').then(() => null)")  # figures
    sizes = await page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter((one) => one.name.includes('/static/')).map((one) => one.decodedBodySize)"
    )
    assert 20_000 < sum(sizes) <= 250_000
