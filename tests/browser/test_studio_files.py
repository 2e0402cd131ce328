"""Files of the studio in a real browser: a table is tested, a table goes to Excel and comes back."""

import io
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook, load_workbook
from playwright.async_api import Locator, Page, expect
from tests.browser.look import look

OpenPage = Callable[..., Awaitable[Page]]
SignIn = Callable[..., Awaitable[None]]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PATIENT_MS: Final = 240_000
LOCALES: Final = {"zh": "zh-CN", "en": "en-US"}
EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLE: Final = "weilidai"


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def questions() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("问题", "期望主题"),
        ("微粒贷提前还款要手续费吗", "weilidai/early-repayment"),
        ("利率是多少", "weilidai/limit-zero"),
        ("查余额", ""),
    ):
        sheet.append(row)
    return saved(book)


async def downloaded(page: Page, link: Locator) -> bytes:
    async with page.expect_download() as waiting:
        await link.click()
    return Path(await (await waiting.value).path()).read_bytes()


async def give(page: Page, field: str, name: str, data: bytes) -> None:
    await page.set_input_files(field, {"name": name, "mimeType": EXCEL, "buffer": data})


async def studio(open_page: OpenPage, sign_in: SignIn, language: str) -> Page:
    page = await open_page("/studio", locale=LOCALES[language])
    await sign_in(page, "Edi", "#studio")
    await page.click("#tour-skip")
    return page


async def drop_draft(page: Page) -> None:
    """Nothing of it is left for other tests."""
    await page.click("#draft-bar a")
    await page.click("#drop")
    await page.locator("dialog .button--main").click()
    await expect(page.locator("#draft-state")).to_have_attribute("data-state", "dropped")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_table_of_questions_is_tested_and_its_result_downloaded(
    open_page: OpenPage, sign_in: SignIn, language: str
) -> None:
    page = await studio(open_page, sign_in, language)
    await page.click("#tabs a[href='#/tests']")
    await page.wait_for_selector("#tests .none, #tests table")
    found = await look(page, "tests", language)
    name = f"每周{language}.xlsx"
    times = 2 if language == "zh" else 1  # that the second is compared is no matter of language
    for _ in range(times):
        await give(page, "#test-file", name, questions())
        await page.click("#test-begin")
        await page.locator("#test-share").wait_for(timeout=PATIENT_MS)
        await expect(page.locator("#test-share")).to_contain_text("50.0%")
        found += await look(page, "tested", language)
        rows = page.locator("#test-rows tbody tr")
        await expect(rows).to_have_count(1)
        await expect(rows).to_contain_text("利率是多少")
        await page.select_option("#test-list", "all")
        await expect(rows).to_have_count(3)
        await page.locator("#test-topics summary").click()
        await rows.first.locator("summary").click()
        found += await look(page, "all rows", language)
        data = await downloaded(page, page.locator("#test a[download]").first)
        sheet = load_workbook(io.BytesIO(data)).worksheets[0]
        assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
            "微粒贷提前还款要手续费吗",
            "利率是多少",
            "查余额",
        ]
        await page.click("#tabs a[href='#/tests']")
    mine = page.locator("#tests tbody tr").filter(has_text=name)
    await expect(mine).to_have_count(times)
    found += await look(page, "tests so far", language)
    if times > 1:
        await mine.first.locator("a").click()
        await expect(page.locator("#test-last")).to_contain_text("50.0%")
    assert not found, "\n".join(found)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_table_goes_to_excel_and_the_changed_cell_comes_back(
    open_page: OpenPage, sign_in: SignIn, language: str
) -> None:
    page = await studio(open_page, sign_in, language)
    await page.click("#tabs a[href='#/tables']")
    await page.wait_for_selector("#tables tbody tr")
    found = await look(page, "tables", language)
    book = load_workbook(io.BytesIO(await downloaded(page, page.locator("#all-tables"))))
    book[TABLE]["E2"].value = "新的依据"
    book[TABLE]["E3"].value = "=1+1"
    await page.click("#begin-draft")
    await page.fill("#question-name", "Draft 草稿")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#draft-bar a")
    await page.wait_for_selector("#tables tbody tr")
    await give(page, "#table-file", "tables.xlsx", saved(book))
    await page.click("#table-take")
    await expect(page.locator("#cells li")).to_have_count(1, timeout=PATIENT_MS)
    await expect(page.locator("#cells ins")).to_have_text("新的依据")
    await expect(page.locator("#not-taken li")).to_contain_text("E3")
    found += await look(page, "taken", language)
    await page.locator("#cells a").click()
    await expect(page.locator("#difference .diff__after--marked")).to_contain_text("新的依据")
    await page.click("#tabs a[href='#/imports']")
    await page.wait_for_selector("#import-take")
    found += await look(page, "imports", language)
    await drop_draft(page)
    assert not found, "\n".join(found)


@pytest.mark.timeout(600)
async def test_questions_and_answers_of_another_program_become_a_draft(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await studio(open_page, sign_in, "zh")
    await page.click("#tabs a[href='#/imports']")
    await give(page, "#import-file", "qa.csv", "问题,答案\n桃花坞里桃花庵,诗。\n,没有\n".encode())
    for field, words in (("line", "weilidai"), ("owner", "a@bank.example"), ("source", "试")):
        await page.fill(f"#import-{field}", words)
    await page.click("#import-take")
    await expect(page.locator("#import-topics li")).to_have_count(1, timeout=PATIENT_MS)
    await expect(page.locator("#not-taken li")).to_have_count(1)
    found = await look(page, "imported", "zh")
    assert await page.locator(".complaint").count() > 0, "five phrases are asked for"
    await drop_draft(page)
    assert not found, "\n".join(found)
