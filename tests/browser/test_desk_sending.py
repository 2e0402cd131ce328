"""The desk shows the sends that are left before a word is typed, and each line's fate after."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect
from tests.browser.conftest import QUIET
from tests.programs import CHROMIUM
from tests.web.desk_stage import PASSWORD
from tests.web.wechat_stage import wechat_stage

from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander

pytestmark = pytest.mark.browser


async def say(page: Page, words: str) -> None:
    await page.fill("#field", words)
    await page.press("#field", "Enter")
    await expect(page.locator(".line--agent").filter(has_text=words)).to_be_visible()


async def test_sends_and_fates_are_shown_in_both_languages(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> None:
    async with (
        wechat_stage(settings, content, understander, tmp_path) as wechat,
        async_playwright() as playwright,
    ):
        launched = await playwright.chromium.launch(executable_path=CHROMIUM.needed(), args=QUIET)
        page = await launched.new_page(locale="zh-CN")
        await wechat.writes("转人工")
        await page.goto(f"{wechat.stage.url}/desk")
        await page.fill("#name", "ann")
        await page.fill("#password", PASSWORD)
        await page.press("#password", "Enter")
        await page.click("#take-next")
        await expect(page.locator("#sends")).to_contain_text("还能发给客户")
        async with asyncio.timeout(20):  # the customer is told that a person is there
            while len(wechat.platform.sent) < 1:
                await asyncio.sleep(0.02)
        for number in range(5):
            await say(page, f"第{number}句")
        last = page.locator(".line--agent").filter(has_text="第4句")
        await expect(page.locator(".line--agent").filter(has_text="第0句")).to_contain_text(
            "已发送"
        )
        await expect(last).to_contain_text("没有送达：微信的条数已用完")
        await expect(page.locator("#sends")).to_have_text(
            "现在发不出消息：微信的条数已用完。客户再发消息后才能回复。"
        )
        await page.click("#language")
        await expect(last).to_contain_text("Not delivered: WeChat's messages were used up")
        await expect(page.locator("#sends")).to_contain_text("Nothing can be sent now")
        await wechat.writes("我在")
        await expect(page.locator("#sends")).to_contain_text("5 more messages can be sent")
        await launched.close()
