"""Articles go out to Excel and come back: exactly the changed cells change, byte for byte."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from servicebot.content.parse_article import parse_article
from servicebot.content.read_text import SourceText
from servicebot.domain.errors import RejectedError
from servicebot.domain.understanding import Language
from servicebot.studio.imports.imported_topic import one_line
from servicebot.studio.tables.article_sheet import (
    ARTICLES,
    export_articles,
    import_articles,
    is_article,
)
from servicebot.studio.tables.not_taken import Why
from servicebot.studio.tables.take_workbook import take_workbook

PATH = "knowledge_base/zh/weilidai/payout-time.md"
LINE = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")), min_size=1, max_size=30
)
WORDS = LINE.map(one_line).filter(bool)


@pytest.fixture(scope="module")
def texts(project: Path) -> dict[str, str]:
    files = sorted((project / "knowledge_base").rglob("*.md"))
    found = {f.relative_to(project).as_posix(): f.read_bytes().decode() for f in files}
    return {path: text for path, text in found.items() if is_article(path)}


def edited(data: bytes, *changes: tuple[str, int, object]) -> bytes:
    book = load_workbook(io.BytesIO(data))
    sheet: Any = book[ARTICLES]
    rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    for path, column, value in changes:
        sheet.cell(rows.get(path, sheet.max_row + 1), column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_all_articles_come_back_without_a_changed_byte(texts: dict[str, str]) -> None:
    data = export_articles(texts)
    sheet = load_workbook(io.BytesIO(data))[ARTICLES]
    assert sheet.max_row == len(texts) + 1 > 500
    found = take_workbook(data, {}, texts)
    assert (found.files, found.changes, found.refused) == ({}, (), ())


def test_a_changed_cell_changes_its_part_and_nothing_else(texts: dict[str, str]) -> None:
    text = texts[PATH]
    data = export_articles({PATH: text})
    book = load_workbook(io.BytesIO(data))
    title, asked, answer = (book[ARTICLES].cell(2, column).value for column in (2, 3, 4))
    for column, cell, changed in (
        (2, "多久到账: 微粒贷", text.replace(f"title: {title}", 'title: "多久到账: 微粒贷"')),
        (3, f"{asked}\n新的问法", text.replace("not_for:", "  新的问法\nnot_for:", 1)),
        (4, f"{answer}\n再说一句。", text.rstrip("\n") + "\n再说一句。\n"),
    ):
        found = import_articles(edited(data, (PATH, column, cell)), {PATH: text})
        assert dict(found.files) == {PATH: changed}
        assert [(one.row, one.column) for one in found.changes] == [(2, column)]
        again = import_articles(edited(data, (PATH, column, cell)), {PATH: changed})
        assert again.files == {}, "what was taken is what goes out"


def test_what_others_changed_in_an_article_since_the_download_stays(texts: dict[str, str]) -> None:
    data = export_articles({PATH: texts[PATH]})
    now = texts[PATH].rstrip("\n") + "\n别人写的。\n"
    assert import_articles(data, {PATH: now}).files == {}
    found = import_articles(edited(data, (PATH, 2, "到账")), {PATH: now})
    assert [(one.row, one.column) for one in found.changes] == [(2, 2)]
    assert found.files[PATH].endswith("别人写的。\n")


def test_line_ends_of_windows_stay(texts: dict[str, str]) -> None:
    text = texts[PATH].replace("\n", "\r\n")
    data = export_articles({PATH: text})
    assert import_articles(data, {PATH: text}).files == {}
    found = import_articles(edited(data, (PATH, 2, "到账")), {PATH: text})
    assert found.files[PATH].count("\r\n") == text.count("\r\n") == found.files[PATH].count("\n")


def test_formulas_and_articles_that_are_not_there_are_told(texts: dict[str, str]) -> None:
    text = texts[PATH]
    data = edited(export_articles({PATH: text}), (PATH, 4, "=1+1"), ("zh/new.md", 1, "zh/new.md"))
    found = import_articles(data, {PATH: text})
    assert found.files == {}
    assert [(one.place, one.why) for one in found.refused] == [
        ("2:4", Why.FORMULA),
        ("3", Why.UNKNOWN_ARTICLE),
    ]


def test_another_workbook_is_refused() -> None:
    with pytest.raises(RejectedError, match="no Excel workbook"):
        take_workbook(b"PK", {}, {})


@given(WORDS, st.lists(WORDS, min_size=1, max_size=4, unique=True), WORDS)
def test_whatever_is_typed_is_what_the_article_says(
    title: str, phrases: list[str], answer: str
) -> None:
    text = (
        "---\nid: weilidai/payout-time\ntitle: x\nvalid: 2026-01-01 .. 2027-12-31\nowner: a\n"
        "source: b\nhand_over: no\nasked_as: |\n  y\nheld_out: |\n  z\n---\n答。\n\n## More\n多。\n"
    )
    data = edited(
        export_articles({PATH: text}),
        (PATH, 2, f"题{title}"),
        (PATH, 3, "\n".join(f"问{one}" for one in phrases)),
        (PATH, 4, f"答{answer}"),
    )
    (changed,) = import_articles(data, {PATH: text}).files.values()
    article = parse_article(SourceText(path=PATH, text=changed), Language.ZH)
    assert (article.title, article.answer) == (f"题{title}", f"答{answer}")
    assert article.asked_as == tuple(f"问{one}" for one in phrases)
    assert article.held_out == ("z",)


@pytest.mark.parametrize("lines", ["title: x\nasked_as: |\n" * 2_500, "\n" * 60_000])
def test_a_head_without_an_end_is_left_out_at_once(lines: str) -> None:
    data = export_articles({PATH: f"---\ntitle: x\nasked_as: |\n{lines}"})
    sheet = load_workbook(io.BytesIO(data))[ARTICLES]
    assert sheet.max_row == 1
