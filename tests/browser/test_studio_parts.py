"""Parts of the studio: the difference of two texts, and a missed question that becomes a phrase."""

import asyncio
import difflib
import random
import secrets
from collections.abc import Awaitable, Callable
from typing import Final

import pytest
from playwright.async_api import Page, expect

OpenPage = Callable[..., Awaitable[Page]]
SignIn = Callable[..., Awaitable[None]]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PATIENT_MS: Final = 240_000
TEXTS: Final = 200
DIFF: Final = """async (pairs) => {
  const { diffOf } = await import("/static/studio/diff.js");
  return pairs.map(([before, after]) => diffOf(before, after));
}"""


def _text(chance: random.Random) -> str:
    return "".join(f"{chance.choice('abcde')}\n" for _ in range(chance.randrange(12)))


async def test_a_difference_holds_every_line_of_both_texts(open_page: OpenPage) -> None:
    page = await open_page("/studio")
    chance = random.Random(7)
    pairs = [(_text(chance), _text(chance)) for _ in range(TEXTS)]
    for (before, after), rows in zip(pairs, await page.evaluate(DIFF, pairs), strict=True):
        old, new = before.splitlines(), after.splitlines()
        assert [row["before"] for row in rows if row["before"] is not None] == old
        assert [row["after"] for row in rows if row["after"] is not None] == new
        assert [r["beforeLine"] for r in rows if r["beforeLine"]] == [*range(1, len(old) + 1)]
        assert [r["afterLine"] for r in rows if r["afterLine"]] == [*range(1, len(new) + 1)]
        same = [row for row in rows if row["kind"] == "same"]
        assert all(row["before"] == row["after"] for row in same)
        matched = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        assert len(same) >= sum(block.size for block in matched), "the longest, so no shorter"


async def test_the_list_and_the_file_tell_what_customers_said_of_an_answer(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await open_page("/studio")
    server = page.url.split("/studio")[0]
    body = {"conversation": secrets.token_hex(4), "id": "1", "text": "微业贷怎么申请"}
    told = await (await page.request.post(server + "/v1/messages?wait=1", data=body)).json()
    article = told["replies"][0]["name"]
    rating = {**body, "article": article, "solved": False}
    del rating["text"]
    assert (await page.request.post(server + "/v1/ratings", data=rating)).ok
    await sign_in(page, "Edi", "#studio")
    await page.click("#tour-skip")
    row = page.locator(f"tr[data-path='knowledge_base/zh/{article}.md']")
    async with asyncio.timeout(PATIENT_MS / 1000):
        await page.select_option("#filter-list", "unsolved")
        while not await row.count():  # it goes to the records within a second
            await page.reload()
            await page.select_option("#filter-list", "unsolved")
            await page.wait_for_timeout(300)
    await expect(row.locator("td.number").nth(1)).to_have_text("0")
    await expect(row.locator("td.number").nth(2)).to_have_text("1")
    await row.locator("a").click()
    await expect(page.locator("#ratings")).to_have_text(
        "客户对现有回答的评价：有帮助 0 次，没解决 1 次"
    )


@pytest.mark.timeout(400)
async def test_a_missed_question_becomes_a_phrase_of_a_draft_with_one_click(
    open_page: OpenPage, sign_in: SignIn
) -> None:
    page = await open_page("/studio")
    body = {"conversation": secrets.token_hex(4), "id": "1", "text": "竹外桃花三两枝"}
    address = page.url.split("/studio")[0] + "/v1/messages?wait=1"
    assert (await page.request.post(address, data=body)).ok
    await sign_in(page, "Edi", "#studio")
    await page.click("#tour-skip")
    await page.click("#tabs a[href='#/misses']")
    group = page.locator("#misses > li").filter(has_text=body["text"])
    async with asyncio.timeout(PATIENT_MS / 1000):
        await page.wait_for_selector("#misses", timeout=PATIENT_MS)
        while not await group.count():  # it goes to the records within a second
            await page.reload()
            await page.wait_for_selector("#misses", timeout=PATIENT_MS)
    await expect(group).to_contain_text("没听懂 1 次")
    await group.get_by_role("button", name="添加为问法").first.click()
    await expect(page.locator("#paths li")).to_have_count(1, timeout=PATIENT_MS)
    await page.locator("#paths a").click()
    await expect(page.locator("#difference .diff__after--marked")).to_contain_text(body["text"])
    await page.click("#draft-bar a")
    await page.click("#drop")
    await page.locator("dialog .button--main").click()
    await expect(page.locator("#draft-state")).to_have_attribute("data-state", "dropped")
