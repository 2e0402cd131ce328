"""A change of the content is live without a restart, once it is sound; a broken one changes nothing."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from servicebot.app.engine import Engine, run_engine
from servicebot.content.content import Content
from servicebot.domain.messages import InboundMessage, Text
from servicebot.domain.receipts import Receipt
from servicebot.settings import Settings, Store
from servicebot.understanding.understand import Understander

ARTICLE = "knowledge_base/zh/weilidai/early-repayment.md"
ASKED = "微粒贷提前还款要手续费吗"
WAIT_S = 30.0


class Bot:
    """The running program over a copy of the content."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.article = folder / ARTICLE
        self._asked = 0

    async def ask(self, chat: str = "c") -> Receipt:
        self._asked += 1
        message = InboundMessage(
            channel="web",
            message_id=f"{chat}/{self._asked}",
            conversation_id=f"web:{chat}",
            sender=chat,
            received_at=self.engine.services.clock.now(),
            content=Text(text=ASKED),
        )
        await self.engine.services.door.accept(message)
        async with asyncio.timeout(WAIT_S):
            while await self.engine.services.timeline.answers(message) is None:
                await asyncio.sleep(0.01)
        await self.engine.flush_records()
        receipt = await self.engine.records.receipt(message.message_id)
        assert receipt is not None
        return receipt

    async def until(self, fits: Callable[[str], bool]) -> Receipt:
        """Asks until the answer fits."""
        async with asyncio.timeout(WAIT_S):
            while not fits(said(receipt := await self.ask())):
                await asyncio.sleep(0.2)
        return receipt

    def edit(self, old: str, new: str) -> None:
        text = self.article.read_text("utf-8")
        assert old in text
        self.article.write_text(text.replace(old, new), "utf-8")


def said(receipt: Receipt) -> str:
    return receipt.replies[0].text


@pytest.fixture
async def bot(
    settings: Settings, content: Content, understander: Understander, project: Path, tmp_path: Path
) -> AsyncIterator[Bot]:
    for name in ("knowledge_base", "intents"):
        shutil.copytree(project / name, tmp_path / name)
    own = replace(
        settings,
        content_dir=tmp_path,
        content_watch=True,
        store=Store(dir=tmp_path / "var", fitted_dir=settings.store.fitted_dir, workers=4),
    )
    async with AsyncExitStack() as stack:
        yield Bot(await stack.enter_async_context(run_engine(own, content, understander)), tmp_path)


async def test_a_changed_answer_is_live_without_a_restart_and_no_turn_has_two_editions(
    bot: Bot,
) -> None:
    before = await bot.ask()
    old = said(before).splitlines()[0][:8]
    asking = asyncio.create_task(_ask_on(bot))
    bot.edit(old, f"改过的话，{old}")
    after = await bot.until(lambda text: text.startswith("改过的话"))
    meanwhile = await asking
    assert after.content_version != before.content_version
    assert after.model_version == before.model_version, "nothing was fitted"
    for receipt in meanwhile:
        new = said(receipt).startswith("改过的话")
        assert receipt.content_version == (after if new else before).content_version


async def _ask_on(bot: Bot) -> list[Receipt]:
    return [await bot.ask(f"other-{number}") for number in range(30)]


async def test_a_broken_file_is_told_and_the_edition_before_goes_on(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    before = await bot.ask()
    old = said(before).splitlines()[0][:8]
    with caplog.at_level(logging.ERROR):
        bot.edit("owner:", "owner；")
        async with asyncio.timeout(WAIT_S):
            while "content_refused" not in caplog.text:
                await asyncio.sleep(0.1)
    told = [record.__dict__["fault"] for record in caplog.records if "fault" in record.__dict__]
    assert any("early-repayment.md:" in fault for fault in told)
    assert (await bot.ask()).content_version == before.content_version
    bot.edit("owner；", "owner:")
    bot.edit(old, f"又好了，{old}")
    await bot.until(lambda text: text.startswith("又好了"))


async def test_what_the_checks_refuse_is_not_published(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    before = await bot.ask()
    old = said(before).splitlines()[0][:8]
    with caplog.at_level(logging.ERROR):
        bot.edit(old, f"请打开 http://evil.example {old}")
        async with asyncio.timeout(WAIT_S):
            while "content_refused" not in caplog.text:
                await asyncio.sleep(0.1)
    assert said(await bot.ask()) == said(before)
