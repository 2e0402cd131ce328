"""The whole way, as customers and agents walk it: link, ask, repay, a crash, a person.

The program is killed with -9 between the customer's approval and the answer; after the restart
there is one posting and the whole conversation.
"""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect
from tests.browser.conftest import AGENT, PASSWORD, QUIET, ROOT
from tests.programs import CHROMIUM

pytestmark = pytest.mark.browser
START_S = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Program:
    """What `make run` starts, killed and started again over the same store."""

    def __init__(self, folder: Path) -> None:
        self.port, self.bank_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.bank_url = f"http://127.0.0.1:{self.bank_port}"
        self._log = (folder / "log.txt").open("ab")
        kept = {k: v for k, v in os.environ.items() if not k.startswith("SERVICEBOT_")}
        self._environ = {
            **kept,
            "SERVICEBOT_WEB_PORT": str(self.port),
            "SERVICEBOT_DESK_HOURS": "1-7 00:00-24:00",
            "SERVICEBOT_STORE_DIR": str(folder / "var"),
            "SERVICEBOT_STORE_FITTED_DIR": str(ROOT / "var" / "fitted"),
        }
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        port = str(self.bank_port)
        self._process = subprocess.Popen(  # noqa: ASYNC220  returns at once
            [sys.executable, "-m", "servicebot", "serve", "--sandbox", "--sandbox-port", port],
            cwd=ROOT,
            env=self._environ,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        async with asyncio.timeout(START_S), aiohttp.ClientSession() as session:
            while not await self._answers(session):
                assert self._process.poll() is None, "the program ended while it started"
                await asyncio.sleep(0.2)

    async def _answers(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"{self.url}/readyz") as response:
                return response.status == 200
        except aiohttp.ClientError:
            return False

    async def kill(self) -> None:
        """-9 for the server; its bank ends with it. Then waits until both ports are free."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(self._process.wait)
        async with asyncio.timeout(20):
            while True:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", self.bank_port)):
                        return
                await asyncio.sleep(0.1)

    async def stop(self) -> int:
        assert self._process is not None
        self._process.terminate()
        ended = await asyncio.to_thread(self._process.wait, 30)
        self._log.close()
        return ended

    async def bank(self, path: str, **query: str) -> Any:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self.bank_url}{path}", params=query) as response,
        ):
            return await response.json()


@pytest_asyncio.fixture(loop_scope="session")
async def program(tmp_path: Path) -> AsyncIterator[Program]:
    made = Program(tmp_path)
    await made.start()
    yield made
    await made.stop()


class Customer:
    """A customer with the chat page and the bank's pages open."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def say(self, text: str) -> None:
        await self.page.locator("#field").fill(text)
        await self.page.keyboard.press("Enter")

    async def sees(self, text: str) -> None:
        await expect(self.page.locator("#lines")).to_contain_text(text, timeout=30_000)

    async def follow_link(self, label: str) -> Page:
        """Taps the newest link with this label; the bank's page opens beside the chat."""
        async with self.page.context.expect_page() as opened:
            await self.page.get_by_role("link", name=label).last.click()
        return await opened.value

    async def link(self, pin: str) -> None:
        shown = await self.page.get_by_text("请您输入数字").last.inner_text()
        bank = await self.follow_link("核实身份")
        code = re.search(r"数字 (\d\d)", shown)
        assert code is not None
        await expect(bank.locator("body")).to_contain_text("本行网页聊天")
        await bank.locator("#code").fill(code[1])
        await bank.locator("input[value='chen-xiaoming']").check()
        await bank.locator("#pin").fill(pin)
        await bank.locator("button.yes").click()
        await bank.wait_for_load_state()
        await bank.close()

    async def approve(self, pin: str) -> None:
        bank = await self.follow_link("去确认还款")
        await expect(bank.locator("body")).to_contain_text("500.00")
        await bank.locator("#pin").fill(pin)
        await bank.locator("button[value='approve']").click()
        await bank.wait_for_load_state()
        await bank.close()


class Agent:
    """An agent with the desk open."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def sign_in(self) -> None:
        await self.page.locator("#name").fill(AGENT)
        await self.page.locator("#password").fill(PASSWORD)
        await self.page.keyboard.press("Enter")

    async def take_next(self) -> None:
        await self.page.locator("#take-next").click()

    async def sees(self, text: str) -> None:
        await expect(self.page.locator("body")).to_contain_text(text)

    async def say(self, text: str) -> None:
        await self.page.locator("#field").fill(text)
        await self.page.keyboard.press("Enter")


async def link_and_ask(customer: Customer, pin: str) -> None:
    await customer.sees("我是银行智能客服")
    await customer.say("查余额")
    await customer.sees("核实身份")
    await customer.link(pin)
    await customer.sees("可用余额")


async def agree_to_terms(customer: Customer) -> None:
    for words, answer in (
        ("我要提前还款", "请问是哪一笔"),
        ("第一笔", "请问您要还多少"),
        ("500", "确认还款吗"),
        ("可以,但是微粒贷提前还款要手续费吗", "不收手续费"),
        ("确认", "最后一步"),
    ):
        await customer.say(words)
        await customer.sees(answer)


async def person_takes_over(browser: Browser, program: Program, customer: Customer) -> None:
    await customer.say("转人工")
    await customer.sees("正在为您转接人工客服")
    desk = await (await browser.new_context(locale="zh-CN")).new_page()
    await desk.goto(f"{program.url}/desk")
    agent = Agent(desk)
    await agent.sign_in()
    await agent.take_next()
    await agent.sees("已还款 500.00元")
    await agent.say("您好, 我来帮您看看")
    await customer.sees("我来帮您看看")


async def postings(program: Program) -> int:
    found = await program.bank("/sandbox/ledger", loan_id="loan-chen-1")
    return len(found["postings"])


@pytest.mark.asyncio(loop_scope="session")
async def test_a_loan_is_repaid_once_across_a_crash_and_a_person_takes_over(
    program: Program,
) -> None:
    customers = (await program.bank("/sandbox/customers"))["customers"]
    pin = {sample["customer"]: sample["pin"] for sample in customers}["chen-xiaoming"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM.needed(), args=QUIET)
        page = await (await browser.new_context(locale="zh-CN")).new_page()
        await page.goto(f"{program.url}/chat")
        customer = Customer(page)
        await link_and_ask(customer, pin)
        await agree_to_terms(customer)
        assert await postings(program) == 0

        await program.kill()
        await program.start()
        await customer.approve(pin)
        await customer.sees("已还款 500.00元")
        assert await postings(program) == 1

        await program.kill()
        await program.start()
        await page.reload()
        for text in ("查余额", "我要提前还款", "不收手续费", "最后一步", "已还款 500.00元"):
            await customer.sees(text)
        await customer.say("确认")
        await customer.sees("没有需要您确认的事项")
        assert await postings(program) == 1

        await person_takes_over(browser, program, customer)
        await browser.close()
