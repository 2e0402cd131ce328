"""A table of questions is asked of an edition; each row is what the chat answers, and runs are kept."""

import asyncio
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from openpyxl import Workbook, load_workbook
from tests.web.studio_stage import StudioBrowser, open_studio_stage, studio_browser

from servicebot.app.stage import LiveStage
from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander
from servicebot.web import upload
from servicebot.web.upload import MOST_UPLOAD_BYTES

ARTICLE = "knowledge_base/zh/weilidai/early-repayment.md"
QUESTIONS = (
    ("微粒贷提前还款要手续费吗", "weilidai/early-repayment"),
    ("借款多久到账", "微粒贷借款一般多久到账"),
    ("查余额", ""),
    ("桃花坞里桃花庵", "missed"),
    ("我的卡6217003812345678901丢了", "x/nothing-like-it"),
    ("你们的利率是多少", "weilidai/limit-zero"),
)
WAIT_S = 240.0
pytestmark = pytest.mark.timeout(400)


@pytest.fixture
async def stage(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> AsyncIterator[LiveStage]:
    async with open_studio_stage(settings, content, understander, tmp_path) as opened:
        yield opened


def table(rows: tuple[tuple[str, str], ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("问题", "期望主题"), *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def came_out(editor: StudioBrowser, name: str, data: bytes, draft: str = "") -> Any:
    status, begun = await editor.upload(f"tests?name={name}&draft={draft}", data)
    assert status == 202, begun
    async with asyncio.timeout(WAIT_S):
        while (told := await editor.get(f"tests/{begun['id']}"))["state"] in {"fitting", "asking"}:
            await asyncio.sleep(0.1)
    assert told["state"] == "done", told
    return told


async def said_in_chat(stage: LiveStage, number: int, text: str) -> str:
    body = {"conversation": f"c{number}", "id": "1", "text": text}
    async with (
        aiohttp.ClientSession(stage.url) as session,
        session.post("/v1/messages?wait=1", json=body) as response,
    ):
        return "\n".join(one["text"] for one in (await response.json())["replies"])


async def test_each_row_is_what_the_chat_answers_and_the_next_run_is_compared(
    stage: LiveStage, editor: StudioBrowser
) -> None:
    first = await came_out(editor, "每周.xlsx", table(QUESTIONS))
    assert [row["passed"] for row in first["rows"]] == [True, True, None, True, False, False]
    assert first["run"]["unknown"] == ["x/nothing-like-it"]
    assert (first["run"]["expected"], first["run"]["passed"]) == (5, 3)
    assert first["before"] is None
    assert "6217003812345678901" not in str(first), "as the chat would store it"
    for number, row in enumerate(first["rows"]):
        chat = await said_in_chat(stage, number, QUESTIONS[number][0])
        once = re.sub(r"\n[^\n]*http://\S+$", "", re.sub(r"数字 \d\d", "数字 ··", chat))
        assert once == row["reply"], "all but the number and the page, which are new each time"

    text = (await editor.get(f"file?path={ARTICLE}"))["text"]
    draft = (await editor.post("drafts", {"title": "撤下"}, 201))["id"]
    await editor.post(f"drafts/{draft}/files", {"path": ARTICLE, "text": text + "\n"})
    second = await came_out(editor, "每周.csv", "question\n查余额\n你好\n".encode(), draft)
    assert second["before"]["id"] == first["id"], "the same table, in another form"
    assert [(row["was"] is not None, row["changed"]) for row in second["rows"]] == [
        (True, False),
        (False, False),
    ]
    assert second["run"]["draft_title"] == "撤下"
    listed = (await editor.get("tests"))["runs"]
    assert [one["id"] for one in listed] == [second["id"], first["id"]]
    assert listed[0]["who"] == "edi"

    book = load_workbook(io.BytesIO(await editor.download(f"tests/{first['id']}/file")))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[1][1:4] == (QUESTIONS[0][0], QUESTIONS[0][1], QUESTIONS[0][1])
    data = await editor.download(f"tests/{first['id']}/file?form=csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(data.decode("utf-8-sig").splitlines()) >= len(QUESTIONS) + 1


async def test_a_template_is_a_table_that_can_be_tested(editor: StudioBrowser) -> None:
    for form in ("xlsx", "csv", "gbk"):
        data = await editor.download(f"tests/template?form={form}")
        name = "t.xlsx" if form == "xlsx" else "t.csv"
        status, begun = await editor.upload(f"tests?name={name}", data)
        assert (status, begun["of"]) == (202, 2)
    english = await editor.download("tests/template?form=csv&language=en")
    assert english.decode("utf-8-sig").startswith("question,expected")


async def test_what_cannot_be_tested_is_refused_with_words(
    stage: LiveStage, editor: StudioBrowser
) -> None:
    for name, data, told in (
        ("a.xlsx", b"text\nx\n", "no Excel workbook"),
        ("a.csv", "名称\nx\n".encode(), "No column of questions"),
        ("a.csv", b"text\n\xe2\x80\x8b\n", "no questions"),
        ("a.csv", b"", "empty"),
    ):
        status, refused = await editor.upload(f"tests?name={name}", data)
        assert (status, told in refused["detail"]) == (400, True), refused
    status, refused = await editor.upload("tests?name=a.csv", b"x" * (MOST_UPLOAD_BYTES + 1))
    assert (status, "at most 4 MB" in refused["detail"]) == (413, True)
    status, _ = await editor.call("POST", "tests?name=a.csv", {"text": "x"})
    assert status == 415
    status, _ = await editor.call("GET", "tests/nothing")
    assert status == 404
    async with studio_browser(stage, "ann") as agent:
        status, _ = await agent.upload("tests?name=a.csv", b"text\nx\n")
        assert status == 403
    async with aiohttp.ClientSession(stage.url) as session:
        shown = {"Content-Type": "application/octet-stream"}
        url = "/v1/studio/tests?name=a.csv"
        async with session.post(url, data=io.BytesIO(b"x" * 3_000_000), headers=shown) as response:
            assert response.status == 401


async def test_a_body_without_a_length_is_cut_off_where_a_file_ends(
    editor: StudioBrowser,
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(MOST_UPLOAD_BYTES // 65_536 + 2):
            yield b"x" * 65_536

    status, refused = await editor.upload("tests?name=a.csv", endless())
    assert (status, "at most 4 MB" in refused["detail"]) == (413, True)


async def test_a_file_that_comes_too_slowly_is_not_waited_for(
    editor: StudioBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "UPLOAD_S", 0.2)
    hung = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"text\n"
        await hung.wait()

    status, refused = await editor.upload("tests?name=a.csv", slow())
    assert (status, "did not come within" in refused["detail"]) == (408, True)
