"""An edit goes from an editor over a second person to the customers, and back again."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from tests.web.studio_stage import StudioBrowser, open_studio_stage, studio_browser

from servicebot.app.stage import LiveStage
from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander

ARTICLE = "knowledge_base/zh/weilidai/early-repayment.md"
ASKED = "微粒贷提前还款要手续费吗"
OTHER = "利息怎么算"
WAIT_S = 120.0
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def stage(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> AsyncIterator[LiveStage]:
    async with open_studio_stage(settings, content, understander, tmp_path) as opened:
        yield opened


async def say(stage: LiveStage, chat: str, number: int, text: str) -> str:
    body = {"conversation": chat, "id": f"{chat}-{number}", "text": text}
    async with (
        aiohttp.ClientSession(stage.url) as session,
        session.post("/v1/messages?wait=1", json=body) as response,
    ):
        told = await response.json()
        return "\n".join(reply["text"] for reply in told["replies"])


async def say_not_solved(stage: LiveStage, chat: str, number: int, turn: int) -> None:
    """Rates the answer of a message; it is turn `turn`, and is in the records then."""
    body = {
        "conversation": chat,
        "id": f"{chat}-{number}",
        "article": "weilidai/early-repayment",
        "solved": False,
    }
    async with (
        aiohttp.ClientSession(stage.url) as session,
        session.post("/v1/ratings", json=body) as response,
    ):
        assert await response.json() == {"accepted": "new"}
    async with asyncio.timeout(WAIT_S):
        while await stage.engine.records.receipt(f"web:{chat}#{turn}") is None:
            await stage.engine.flush_records()
            await asyncio.sleep(0.02)


async def ask_three_times(stage: LiveStage) -> str:
    """The answer to ASKED, before OTHER is asked too; the first customer was not helped."""
    answer = ""
    for number in range(3):
        answer = await say(stage, f"c{number}", 1, ASKED)
        await say(stage, f"c{number}", 2, OTHER)
    await say_not_solved(stage, "c0", 1, turn=3)
    return answer


async def listed(editor: StudioBrowser) -> tuple[int, int, int]:
    """How often the article was asked for, helped and did not, by the list and the file."""
    files = (await editor.get("files"))["files"]
    (one,) = [file for file in files if file["path"] == ARTICLE]
    (serving,) = (await editor.get(f"file?path={ARTICLE}"))["ratings"]
    assert (serving["solved"], serving["unsolved"]) == (one["solved"], one["unsolved"])
    return one["asked"], one["solved"], one["unsolved"]


async def until_said(stage: LiveStage, wanted: str) -> None:
    number = 0
    async with asyncio.timeout(WAIT_S):
        while wanted not in await say(stage, f"u{number}", 1, ASKED):
            number += 1
            await asyncio.sleep(0.3)


async def compared(browser: StudioBrowser, draft: str) -> Any:
    await browser.post(f"drafts/{draft}/effect", status=202)
    async with asyncio.timeout(WAIT_S):
        while (told := await browser.get(f"drafts/{draft}/effect"))["state"] not in {
            "done",
            "failed",
        }:
            await asyncio.sleep(0.1)
    assert told["state"] == "done", told
    return told


async def changed_article(editor: StudioBrowser, old: str, new: str) -> str:
    text = (await editor.get(f"file?path={ARTICLE}"))["text"]
    assert old in text
    draft: str = (await editor.post("drafts", {"title": "费用说得更清楚"}, 201))["id"]
    told = await editor.post(
        f"drafts/{draft}/files", {"path": ARTICLE, "text": text.replace(old, new)}
    )
    assert told["faults"] == []
    return draft


async def test_an_edit_is_compared_signed_published_and_rolled_back(
    stage: LiveStage, editor: StudioBrowser, approver: StudioBrowser
) -> None:
    before = await ask_three_times(stage)
    assert await listed(editor) == (3, 0, 1)
    text = (await editor.get(f"file?path={ARTICLE}"))["text"]
    answer = text.split("---\n", 2)[2].strip().splitlines()[0]
    draft = await changed_article(editor, answer, f"{answer}请放心。")

    told = await compared(editor, draft)
    (group,) = told["groups"]
    assert (group["was"], group["becomes"]) == ("weilidai/early-repayment",) * 2
    (flip,) = group["flips"]
    assert (flip["text"], flip["asked"], flip["unsolved"]) == (ASKED, 3, 1)
    assert "请放心" in flip["becomes"]
    assert "请放心" not in flip["was"]

    await editor.post(f"drafts/{draft}/submit")
    status, _ = await editor.call("POST", f"drafts/{draft}/publish")
    assert status == 403, "an editor does not publish"
    status, refused = await approver.call("POST", f"drafts/{draft}/publish")
    assert (status, len(refused["unsigned"])) == (409, 1)
    groups = [group["id"] for group in told["groups"]]
    await approver.post(f"drafts/{draft}/sign", {"groups": groups})
    published = await approver.post(f"drafts/{draft}/publish")
    assert (published["state"], published["approver"]) == ("published", "app")
    await until_said(stage, "请放心")

    newest = (await approver.get("history"))["revisions"][0]
    assert (newest["editor"], newest["approver"], newest["paths"]) == ("edi", "app", [ARTICLE])
    await approver.post(f"history/{newest['id']}/roll-back")
    await until_said(stage, before)
    assert (await editor.get(f"file?path={ARTICLE}"))["text"] == text


async def test_nobody_approves_what_they_wrote(stage: LiveStage, approver: StudioBrowser) -> None:
    draft = await changed_article(approver, "title:", "title: ")
    await compared(approver, draft)
    await approver.post(f"drafts/{draft}/submit")
    status, told = await approver.call("POST", f"drafts/{draft}/publish")
    assert (status, told["reason"]) == (400, "second_person")
    async with studio_browser(stage, "bob") as bob:
        await bob.post(f"drafts/{draft}/publish")


async def test_a_draft_with_complaints_or_not_compared_is_not_published(
    editor: StudioBrowser, approver: StudioBrowser
) -> None:
    draft = await changed_article(editor, "title:", "title: ")
    await editor.post(f"drafts/{draft}/submit")
    status, told = await approver.call("POST", f"drafts/{draft}/publish")
    assert (status, told["reason"]) == (409, "not_compared")
    await editor.post(f"drafts/{draft}/reopen")
    broken = await editor.post(f"drafts/{draft}/files", {"path": ARTICLE, "text": "没有头\n"})
    assert broken["faults"][0]["path"] == ARTICLE
    status, told = await editor.call("POST", f"drafts/{draft}/effect")
    assert status == 400
    for whose, step in ((editor, "submit"), (approver, "publish")):
        status, told = await whose.call("POST", f"drafts/{draft}/{step}")
        assert (status, told["faults"][0]["path"]) == (409, ARTICLE)


async def test_what_somebody_else_published_meanwhile_is_not_overwritten(
    editor: StudioBrowser, approver: StudioBrowser, tmp_path: Path
) -> None:
    draft = await changed_article(editor, "title:", "title: ")
    file = tmp_path / "content" / ARTICLE
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")  # an engineer
    await compared(editor, draft)
    await editor.post(f"drafts/{draft}/submit")
    effect = (await editor.get(f"drafts/{draft}"))["draft"]["effect"]
    await approver.post(f"drafts/{draft}/sign", {"groups": [g["id"] for g in effect["groups"]]})
    status, told = await approver.call("POST", f"drafts/{draft}/publish")
    assert (status, told["reason"], told["named"]) == (409, "file_changed", ARTICLE)
    await editor.post(f"drafts/{draft}/reopen")
    await editor.post(f"drafts/{draft}/take-over", {"path": ARTICLE})


async def test_a_missed_question_is_mended_by_one_phrase_and_the_test_says_why(
    stage: LiveStage, editor: StudioBrowser
) -> None:
    missed = "额度怎么突然没了呀"
    await say(stage, "m1", 1, missed)
    await say(stage, "m2", 1, ASKED)
    await say_not_solved(stage, "m2", 1, turn=2)
    board = await editor.get("misses")
    (rated,) = [one for one in board["groups"] if one["phrase"] == ASKED]
    counts = ("asked", "unanswered", "asked_back", "unsolved", "handed_over")
    assert [rated[name] for name in counts] == [1, 0, 0, 1, 0]
    (group,) = [one for one in board["groups"] if one["phrase"] == missed]
    home = next(one for one in group["homes"] if one["topic"] == "weilidai/limit-zero")
    told = await editor.post("misses/mend", {"path": home["path"], "phrase": missed})
    assert (told["faults"], told["draft"]["paths"]) == ([], [home["path"]])
    question = {"text": missed, "draft": told["draft"]["id"]}
    async with asyncio.timeout(WAIT_S):
        status, asked = await editor.call("POST", "ask", question)
        while status == 202:  # it is being fitted
            status, asked = await editor.call("POST", "ask", question)
    assert asked["live"]["band"] == "ask_back"
    assert asked["draft"]["answer"] == "weilidai/limit-zero"
    assert asked["why"][0]["topic"] == "weilidai/limit-zero"
    assert asked["why"][0]["phrases"][0] == {"text": missed, "nearness": 1.0}


async def test_files_are_listed_and_found_and_lead_nowhere_else(editor: StudioBrowser) -> None:
    files = (await editor.get("files"))["files"]
    assert next(one for one in files if one["path"] == ARTICLE)["kind"] == "article"
    assert {one["kind"] for one in files} == {
        "article",
        "intent",
        "reply",
        "acts",
        "table",
        "other",
    }
    hits = (await editor.get("search?q=提前还款"))["hits"]
    assert any(one["path"] == ARTICLE for one in hits)
    for path in ("../pyproject.toml", "README.md", "/etc/passwd"):
        status, _ = await editor.call("GET", f"file?path={path}")
        assert status == 400


async def test_the_studio_is_for_those_who_write_and_approve(stage: LiveStage) -> None:
    async with studio_browser(stage, "ann") as agent:
        status, _ = await agent.call("GET", "me")
        assert status == 403


async def test_a_file_is_checked_and_shown_while_it_is_typed_and_not_saved(
    editor: StudioBrowser,
) -> None:
    text = (await editor.get(f"file?path={ARTICLE}"))["text"]
    told = await editor.post("typed", {"path": ARTICLE, "text": text})
    assert (told["faults"], told["whole"]) == ([], True)
    (said, *_) = told["preview"]["said"]
    assert said["message"]["text"] in said["wechat"][0]
    wrong = text.replace("\n---\n", "\n---\n请打开 www.evil.example 办理。", 1)
    told = await editor.post("typed", {"path": ARTICLE, "text": wrong})
    assert {one["rule"] for one in told["faults"]} >= {"no-link"}
    assert {one["level"] for one in told["faults"]} <= {"error", "warning"}
    told = await editor.post("typed", {"path": ARTICLE, "text": "没有头\n"})
    assert (told["preview"], told["faults"][0]["path"]) == (None, ARTICLE)
    status, _ = await editor.call("POST", "typed", {"path": "../x.md", "text": ""})
    assert status == 400
    assert (await editor.get(f"file?path={ARTICLE}"))["text"] == text


async def test_questions_are_counted_by_day_and_line(
    stage: LiveStage, editor: StudioBrowser
) -> None:
    for number, text in enumerate((ASKED, ASKED, "桃花坞里桃花庵", "转人工")):
        await say(stage, f"d{number}", 1, text)
    await stage.engine.flush_records()
    days = (await editor.get("days"))["days"]
    assert len({one["day"] for one in days}) in {1, 2}, "midnight may have come between"
    named = {one["line"]: one for one in days}
    assert named["weilidai"]["answered"] == 2
    assert sum(one["unanswered"] + one["asked_back"] for one in days) == 1
    assert sum(one["handed_over"] for one in days) == 1


async def test_a_file_that_was_written_elsewhere_is_not_written_over_unasked(
    editor: StudioBrowser,
) -> None:
    seen = await editor.get(f"file?path={ARTICLE}")
    draft: str = (await editor.post("drafts", {"title": "两个窗口"}, 201))["id"]
    files = f"drafts/{draft}/files"
    one = {"path": ARTICLE, "text": seen["text"] + "一。", "seen": seen["stamp"]}
    written = await editor.post(files, one)
    other = {"path": ARTICLE, "text": seen["text"] + "二。", "seen": seen["stamp"]}
    status, refused = await editor.call("POST", files, other)
    assert (status, refused["reason"], refused["named"]) == (409, "written_meanwhile", ARTICLE)
    await editor.post(files, {**other, "seen": written["stamp"]})
    now = await editor.get(f"file?path={ARTICLE}&draft={draft}")
    assert now["text"] == seen["text"] + "二。"
