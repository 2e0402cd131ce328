"""Tables go out over HTTP and come back into a draft; files of other programs become drafts."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook
from tests.web.studio_stage import StudioBrowser, open_studio_stage

from servicebot.app.stage import LiveStage
from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander

TABLE = "knowledge_base/values/weilidai.csv"
FACTS = {
    "line": "weilidai",
    "owner": "loans@bank.example",
    "source": "test",
    "first": "2026-01-01",
    "last": "2027-12-31",
}
WAIT_S = 240.0
pytestmark = pytest.mark.timeout(400)


@pytest.fixture
async def stage(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> AsyncIterator[LiveStage]:
    async with open_studio_stage(settings, content, understander, tmp_path) as opened:
        yield opened


async def begun(editor: StudioBrowser) -> str:
    return str((await editor.post("drafts", {"title": "表格"}, 201))["id"])


def changed(data: bytes, sheet: str, **cells: object) -> bytes:
    book = load_workbook(io.BytesIO(data))
    for place, value in cells.items():
        book[sheet][place].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def test_exactly_the_changed_cells_go_into_a_draft(editor: StudioBrowser) -> None:
    before = (await editor.get(f"file?path={TABLE}"))["text"]
    draft = await begun(editor)
    whole = await editor.download("tables/file")
    status, told = await editor.upload(f"drafts/{draft}/tables?name=t.xlsx", whole)
    assert (status, told["count"], told["draft"]["paths"]) == (200, 0, [])
    rows = before.splitlines(keepends=True)
    wanted = changed(whole, "weilidai", E2="新的依据", E3="=SUM(A1)")
    status, told = await editor.upload(f"drafts/{draft}/tables?name=t.xlsx", wanted)
    assert [(one["row"], one["column"], one["after"]) for one in told["cells"]] == [
        (2, 5, "新的依据")
    ]
    assert [(one["place"], one["why"]) for one in told["not_taken"]] == [("weilidai!E3", "formula")]
    assert told["faults"] == []
    after = (await editor.get(f"file?path={TABLE}&draft={draft}"))["text"]
    assert after.splitlines(keepends=True)[2:] == rows[2:]
    assert "新的依据" in after.splitlines()[1]

    path = f"drafts/{draft}/tables?name=a.csv&path={TABLE}"
    text = ""
    for form, encoding in (("csv", "utf-8-sig"), ("gbk", "gb18030")):
        data = await editor.download(f"tables/file?path={TABLE}&draft={draft}&form={form}")
        status, told = await editor.upload(path, data)
        assert (status, told["count"], told["not_taken"]) == (200, 0, [])
        text = data.decode(encoding).replace("新的依据", "别的依据")
    _, told = await editor.upload(path, text.encode("gb18030"))
    assert [one["after"] for one in told["cells"]] == ["别的依据"]
    listed = (await editor.get(f"tables?draft={draft}"))["tables"]
    assert [one["path"] for one in listed if one["changed"]] == [TABLE]


async def test_articles_go_to_excel_and_back(editor: StudioBrowser) -> None:
    path = "knowledge_base/zh/weilidai/payout-time.md"
    before = (await editor.get(f"file?path={path}"))["text"]
    draft = await begun(editor)
    book = load_workbook(io.BytesIO(await editor.download(f"articles/file?draft={draft}")))
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == path)
    row[3].value = "很快到账。"
    out = io.BytesIO()
    book.save(out)
    status, told = await editor.upload(f"drafts/{draft}/tables?name=a.xlsx", out.getvalue())
    assert (status, told["count"], told["draft"]["paths"]) == (200, 1, [path])
    after = (await editor.get(f"file?path={path}&draft={draft}"))["text"]
    assert after == before.rpartition("\n---\n")[0] + "\n---\n很快到账。\n"


async def test_what_is_no_table_is_refused(editor: StudioBrowser) -> None:
    draft = await begun(editor)
    for name, told in (
        ("a.csv", "Say which table"),
        (f"a.csv&path={TABLE}", "not the table"),
        ("a.xlsx", "no Excel workbook"),
    ):
        status, refused = await editor.upload(f"drafts/{draft}/tables?name={name}", b"x,y\n")
        assert (status, told in refused["detail"]) == (400, True), refused
    for query in ("?path=knowledge_base/values/none.csv", "?form=csv", "?form=pdf"):
        status, _ = await editor.call("GET", f"tables/file{query}")
        assert status == 400
    status, _ = await editor.upload("drafts/none/tables?name=a.csv", b"x")
    assert status == 404


async def imported(editor: StudioBrowser, name: str, data: bytes, **further: str) -> Any:
    path = "imports?" + urlencode({"name": name, **FACTS, **further})
    async with asyncio.timeout(WAIT_S):
        status, told = await editor.upload(path, data)
        while status == 202:  # the live edition is being fitted
            status, told = await editor.upload(path, data)
    assert status == 200, told
    return told


async def test_questions_and_answers_become_a_draft_and_what_is_there_is_told(
    editor: StudioBrowser,
) -> None:
    table = (
        "问题,答案\n桃花坞里桃花庵,在这里说「转人工」。\n借款多久到账,很快。\n"
        "微粒贷提前还钱收不收手续费,不收。\n没有答案的问题,\n"
    )
    told = await imported(editor, "dify.csv", table.encode("gb18030"))
    assert [(one["title"], one["new"]) for one in told["topics"]] == [("桃花坞里桃花庵", True)]
    assert [(one["place"], one["why"], one["named"]) for one in told["not_taken"]] == [
        ("5", "no_answer", "没有答案的问题"),
        ("3", "taught", "weilidai/payout-time"),
        ("4", "near", "weilidai/early-repayment"),
    ]
    draft, path = told["draft"]["id"], told["topics"][0]["path"]
    text = (await editor.get(f"file?path={path}&draft={draft}"))["text"]
    assert text.endswith("---\n在这里说「转人工」。\n")
    assert any(one["path"] == path for one in told["faults"]), "five phrases are asked for"
    rasa = (
        b"nlu:\n- intent: weilidai/payout-time\n  examples: |\n    - " + "几[点](time)打钱".encode()
    )
    more = await imported(editor, "nlu.yml", rasa, draft=draft)
    assert more["draft"]["id"] == draft
    assert [(one["new"], one["phrases"]) for one in more["topics"]] == [(False, 1)]
    nothing = await imported(editor, "nlu.yml", b"nlu:\n- regex: x\n")
    assert (nothing["draft"], nothing["topics"]) == (None, [])
    status, refused = await editor.upload(
        "imports?" + urlencode({**FACTS, "name": "a.csv", "line": "../x"}), b"q,a\n"
    )
    assert (status, "`line` must be a folder" in refused["detail"]) == (400, True)
