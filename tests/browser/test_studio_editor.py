"""The studio's editor: complaints and a preview while one types, and a table as cells."""

import csv
import io
import random
from collections.abc import Awaitable, Callable
from typing import Final

import pytest
from playwright.async_api import Page, Route, expect

OpenPage = Callable[..., Awaitable[Page]]
SignIn = Callable[..., Awaitable[None]]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ARTICLE: Final = "knowledge_base/zh/weilidai/payout-time.md"
TABLE: Final = "knowledge_base/values/weilidai.csv"
REPLIES: Final = "intents/zh/replies/waiting.yaml"
LATE_MS: Final = 60_000  # the first look reads the whole content
TABLES: Final = 300
# Of the lines behind and of the field in front: how much they differ in height and in place.
HEIGHTS: Final = """() => {
  const [behind, front] = [".editor__behind", "#source"].map((name) => document.querySelector(name));
  return [behind.scrollHeight - front.scrollHeight, behind.scrollTop - front.scrollTop];
}"""
CSV: Final = """async (tables) => {
  const { rowsOf, withCell } = await import("/static/studio/csv.js");
  return tables.map(([text, row, column, value]) => {
    const rows = rowsOf(text);
    if (rows === null) return null;
    return [rows.map(({ cells }) => cells.map((cell) => cell.value)), withCell(text, rows[row].cells[column], value)];
  });
}"""


async def open_file(open_page: OpenPage, sign_in: SignIn, path: str, **options: object) -> Page:
    page = await open_page("/studio", **options)
    await sign_in(page, "Edi", "#studio")
    await page.click("#tour-skip")
    await page.goto(page.url.split("#")[0] + f"#/file?path={path}")
    await page.locator("#source").wait_for(state="attached")
    return page


async def test_complaints_and_the_preview_come_while_one_types_and_nothing_is_saved(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await open_file(open_page, sign_in, ARTICLE)
    bubble = page.locator("#preview .bubble__text").first
    await expect(bubble).to_contain_text("借款成功后", timeout=LATE_MS)
    assert "{{" not in await bubble.inner_text()
    await page.locator("#source").press("Control+End")
    await page.keyboard.type("请打开 www.evil.example 办理。")
    said = page.locator("#preview .bubble__text").last
    await expect(said).to_contain_text("办理。")
    assert "evil" not in await said.inner_text(), "it is hidden as it would be where it leaves"
    wrong = page.locator(".complaint--error").filter(has_text="www.")
    await expect(wrong).to_be_visible()
    await expect(page.locator("#complaints-told")).to_contain_text("处须修改")
    await expect(page.locator(".editor__line--error")).to_have_count(1)
    assert await page.evaluate(HEIGHTS) == [0, 0], "numbers stand beside their lines"
    await page.locator("#source").press("Control+Home")
    await wrong.locator("a").click()
    await expect(page.locator("#source")).to_be_focused()
    selected = "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert "www.evil.example" in await page.locator("#source").evaluate(selected)
    await page.keyboard.type("改好了。")
    await expect(wrong).to_have_count(0)
    await expect(page.locator("#complaints .good")).to_be_visible()
    await expect(page.locator("#file-state")).to_have_text("有未保存的修改。")


async def test_the_preview_is_what_each_channel_shows(open_page: OpenPage, sign_in: SignIn) -> None:
    page = await open_file(open_page, sign_in, ARTICLE)
    said = page.locator("#preview .said").first
    await expect(said.locator(".bubble")).to_be_visible(timeout=LATE_MS)
    await page.locator("#source").press("Control+End")
    await page.keyboard.insert_text("很长的一句话。\n" * 150)
    await page.get_by_label("微信").check()
    await expect(page.locator("#preview .wechat")).not_to_have_count(1)
    await expect(page.locator("#preview")).to_contain_text("分 2 条发送")
    await page.get_by_label("纯文本").check()
    await expect(said.locator(".reply")).to_have_count(1)


async def test_of_many_replies_the_one_at_the_cursor_is_shown(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await open_file(open_page, sign_in, REPLIES)
    name = page.locator("#preview .said .path")
    await expect(name).to_have_count(1, timeout=LATE_MS)
    first = await name.inner_text()
    await page.locator("#source").press("Control+End")
    await expect(name).not_to_have_text(first)


async def test_keys_alone_write_leave_and_take_back(open_page: OpenPage, sign_in: SignIn) -> None:
    page = await open_file(open_page, sign_in, ARTICLE)
    source = page.locator("#source")
    before = await source.input_value()
    await source.press("Control+End")
    await page.keyboard.type("  x")
    await page.keyboard.press("Enter")
    await page.keyboard.type("y")
    assert (await source.input_value()).endswith("\n  x\n  y"), "a phrase stands below a phrase"
    for _ in range(20):
        await page.keyboard.press("Control+z")
    assert await source.input_value() == before
    await page.keyboard.press("Tab")
    await expect(page.locator("#save")).to_be_focused()


async def test_what_is_typed_while_a_save_is_under_way_is_kept(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await open_file(open_page, sign_in, ARTICLE)
    saves: list[Route] = []

    async def hold(route: Route) -> None:
        saves.append(route)

    await page.click("#begin-draft")
    await page.fill("#question-name", "边存边写")
    await page.keyboard.press("Enter")
    await expect(page.locator("#draft-bar a")).to_be_visible()
    await page.route("**/drafts/*/files", hold)
    await page.locator("#source").press("Control+End")
    await page.keyboard.type("先写的。")
    await page.keyboard.press("Control+s")
    await page.keyboard.type("后写的。")
    await expect(page.locator("#file-state")).to_have_text("有未保存的修改。")
    (save,) = saves
    await save.continue_()
    await expect(page.locator("#told")).to_contain_text("已保存", timeout=LATE_MS)
    assert (await page.locator("#source").input_value()).endswith("先写的。后写的。")
    await expect(page.locator("#file-state")).to_have_text("有未保存的修改。")


async def test_a_table_is_edited_cell_by_cell_with_the_keys(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await open_file(open_page, sign_in, TABLE)
    before = await page.locator("#source").input_value()
    cell = page.locator("#grid tr[data-row='1'] input[data-column='4']")
    await cell.focus()
    await page.keyboard.press("Control+a")
    await page.keyboard.type('a "new", source')
    await page.keyboard.press("ArrowDown")
    await expect(page.locator("#grid tr[data-row='2'] input[data-column='4']")).to_be_focused()
    after = await page.locator("#source").input_value()
    old, new = (list(csv.reader(io.StringIO(text))) for text in (before, after))
    assert new[1] == [*old[1][:4], 'a "new", source']
    assert before.splitlines()[2:] == after.splitlines()[2:]
    await page.locator("#grid tr[data-row='1'] input[data-column='1']").fill("viel")
    await page.keyboard.press("Enter")
    await expect(page.locator("#grid tr[data-row='1']")).to_have_class("grid__row--wrong")
    await page.focus("#add-row")
    await page.keyboard.press("Enter")
    await expect(page.locator("#grid tbody tr").last.locator("input").first).to_be_focused()
    await page.get_by_label("原文").check()
    await expect(page.locator("#source")).to_be_visible()


async def test_a_cell_is_saved_from_within_and_keeps_what_is_typed_on(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await open_file(open_page, sign_in, TABLE)
    saves: list[Route] = []

    async def hold(route: Route) -> None:
        saves.append(route)

    await page.click("#begin-draft")
    await page.fill("#question-name", "单元格")
    await page.keyboard.press("Enter")
    await expect(page.locator("#draft-bar a")).to_be_visible()
    await page.route("**/drafts/*/files", hold)
    cell = page.locator("#grid tr[data-row='1'] input[data-column='4']")
    await cell.fill("first")
    await cell.press("Control+s")
    await page.keyboard.type(" and more")
    (save,) = saves
    await save.continue_()
    await expect(page.locator("#told")).to_contain_text("已保存", timeout=LATE_MS)
    assert ",first" in (save.request.post_data or "")
    await expect(cell).to_have_value("first and more")
    await expect(cell).to_be_focused()


def _cell(chance: random.Random) -> str:
    return "".join(chance.choice('ab,"\n 万') for _ in range(chance.randrange(4)))


async def test_one_cell_is_changed_and_every_other_sign_stays(open_page: OpenPage) -> None:
    page = await open_page("/studio")
    chance = random.Random(11)
    tables = []
    for _ in range(TABLES):
        out = io.StringIO(newline="")
        rows = [
            [_cell(chance) or "x" for _ in range(chance.randrange(1, 4))]
            for _ in range(chance.randrange(1, 5))
        ]
        end = chance.choice(("\n", "\r\n"))
        if chance.random() < 0.5:
            csv.writer(out, lineterminator=end).writerows(rows)
        else:
            csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
        row = chance.randrange(len(rows))
        tables.append((out.getvalue(), row, chance.randrange(len(rows[row])), _cell(chance)))
    for (text, row, column, value), told in zip(
        tables, await page.evaluate(CSV, tables), strict=True
    ):
        read, changed = told
        assert read == list(csv.reader(io.StringIO(text, newline="")))
        wanted = [list(cells) for cells in read]
        wanted[row][column] = value
        found = list(csv.reader(io.StringIO(changed, newline="")))
        assert found == [cells if cells != [""] else [] for cells in wanted] or found == wanted
