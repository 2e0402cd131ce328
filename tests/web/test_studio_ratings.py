"""What customers say of an answer reaches the board, the list, the file and the effect of a draft."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from tests.web.studio_stage import StudioBrowser, open_studio_stage, studio_browser
from tests.web.test_studio import ARTICLE, ASKED, OTHER, compared, say

from servicebot.app.stage import LiveStage
from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander

FEE = "weilidai/early-repayment"
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def stage(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> AsyncIterator[LiveStage]:
    async with open_studio_stage(settings, content, understander, tmp_path) as opened:
        yield opened


@pytest.fixture
async def editor(stage: LiveStage) -> AsyncIterator[StudioBrowser]:
    async with studio_browser(stage, "edi") as opened:
        yield opened


async def rate(stage: LiveStage, chat: str, number: int, *, solved: bool) -> None:
    """Rates the answer out of the article, and waits until it is in the records."""
    turns = number + 1
    body = {"conversation": chat, "id": f"{chat}-{number}", "article": FEE, "solved": solved}
    async with (
        aiohttp.ClientSession(stage.url) as session,
        session.post("/v1/ratings", json=body) as response,
    ):
        assert await response.json() == {"accepted": "new"}
    async with asyncio.timeout(10):
        while await stage.engine.records.receipt(f"web:{chat}#{turns}") is None:
            await asyncio.sleep(0.02)
            await stage.engine.flush_records()


async def listed(editor: StudioBrowser) -> Any:
    files = (await editor.get("files"))["files"]
    (one,) = [one for one in files if one["path"] == ARTICLE]
    return one["solved"], one["unsolved"]


async def changed(editor: StudioBrowser) -> str:
    """A draft that adds a sentence to the answer."""
    draft: str = (await editor.post("drafts", {"title": "请放心"}, 201))["id"]
    text: str = (await editor.get(f"file?path={ARTICLE}"))["text"]
    head, _, answer = text.partition("\n---\n")
    new = f"{head}\n---\n{answer.replace('。', '。请放心。', 1)}"
    await editor.post(f"drafts/{draft}/files", {"path": ARTICLE, "text": new})
    return draft


async def test_a_badly_rated_answer_is_on_the_board_in_the_list_and_in_the_effect(
    stage: LiveStage, editor: StudioBrowser
) -> None:
    await say(stage, "c1", 1, ASKED)
    await rate(stage, "c1", 1, solved=False)
    await say(stage, "c2", 1, OTHER)
    board = await editor.get("misses")
    (group,) = [one for one in board["groups"] if one["phrase"] == ASKED]
    counts = ("asked", "unanswered", "asked_back", "unsolved", "handed_over")
    assert [group[name] for name in counts] == [1, 0, 0, 1, 0]
    assert await listed(editor) == (0, 1)
    told = await editor.get(f"file?path={ARTICLE}")
    (of_now,) = told["ratings"]
    assert (of_now["serving"], of_now["solved"], of_now["unsolved"]) == (True, 0, 1)

    draft = await changed(editor)
    effect = await compared(editor, draft)
    (flipped,) = effect["groups"]
    assert [(one["solved"], one["unsolved"]) for one in flipped["flips"]] == [(0, 1)]
    (kept,) = (await editor.get(f"drafts/{draft}"))["draft"]["effect"]["groups"]
    assert (kept["solved"], kept["unsolved"]) == (0, 1)
