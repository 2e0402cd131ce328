"""A content file that is wrong is refused with file, line, rule and what to write instead."""

from pathlib import Path

import pytest

from servicebot.content.load import load_content
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.domain.understanding import Language

ARTICLE = """---
id: cards/lost
title: 卡丢了怎么办
valid: 2026-01-01 .. 2026-12-31
owner: cards@bank.example
source: sandbox product terms, section 1.1
hand_over: no
asked_as: |
  卡丢了
  卡不见了
not_for: |
  余额是多少 -> account.balance
---
请先冻结银行卡。

## More
更多内容
"""


def write(folder: Path, place: str, text: str) -> None:
    file = folder / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def faults(folder: Path) -> tuple[ContentFault, ...]:
    with pytest.raises(ContentError) as caught:
        load_content(folder)
    return caught.value.faults


def test_an_article_is_read_whole(tmp_path: Path) -> None:
    write(tmp_path, "knowledge_base/zh/cards/lost.md", ARTICLE)
    article = load_content(tmp_path).articles["cards/lost", Language.ZH]
    assert article.answer == "请先冻结银行卡。"
    assert article.more == "更多内容"
    assert article.asked_as == ("卡丢了", "卡不见了")
    assert article.not_for[0].topic_id == "account.balance"


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("valid: 2026-01-01 .. 2026-12-31", "valid: 2026-13-01 .. 2026-12-31", 4, "date"),
        ("valid: 2026-01-01 .. 2026-12-31", "valid: from today", 4, "valid"),
        ("valid: 2026-01-01 .. 2026-12-31", "valid: 2027-01-01 .. 2026-12-31", 4, "valid-order"),
        ("hand_over: no", "hand_over: maybe", 7, "yes-or-no"),
        ("owner:", "ownr:", 5, "unknown-field"),
        ("  余额是多少 -> account.balance", "  余额是多少", 12, "arrow"),
        ("title: 卡丢了怎么办", "title: 卡丢了怎么办\ntitle: 又一个", 4, "doubled-key"),
        ("title: 卡丢了怎么办", "title 卡丢了怎么办", 3, "missing-colon"),
        ("---\nid", "id", 1, "front-matter"),
        ("请先冻结银行卡。", "", 16, "no-answer"),
    ],
)
def test_a_broken_article_names_its_line_and_rule(
    tmp_path: Path, old: str, new: str, line: int, rule: str
) -> None:
    write(tmp_path, "knowledge_base/zh/cards/lost.md", ARTICLE.replace(old, new, 1))
    found = [(fault.line, fault.rule) for fault in faults(tmp_path)]
    assert (line, rule) in found
    assert all(fault.path == "knowledge_base/zh/cards/lost.md" for fault in faults(tmp_path))


def test_all_broken_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "knowledge_base/zh/a/a.md", "no head")
    write(tmp_path, "intents/zh/b/b.yaml", "intent: [")
    write(tmp_path, "knowledge_base/values/c.csv", "wrong,header\n")
    assert {fault.rule for fault in faults(tmp_path)} == {"front-matter", "open-bracket", "column"}


def test_a_file_that_is_no_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "knowledge_base/zh/a/a.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"---\nid: a/a\n" + b"title: \xff\n")
    assert [(fault.line, fault.rule) for fault in faults(tmp_path)] == [(3, "not-utf-8")]


def test_the_id_of_another_file_is_one_complaint(tmp_path: Path) -> None:
    write(tmp_path, "knowledge_base/zh/cards/lost.md", ARTICLE)
    write(tmp_path, "knowledge_base/zh/cards/other.md", ARTICLE)
    assert [fault.rule for fault in faults(tmp_path)] == ["id-and-path"]


def test_an_empty_folder_says_what_to_set(tmp_path: Path) -> None:
    assert "SERVICEBOT_CONTENT_DIR" in faults(tmp_path)[0].message


def test_the_version_changes_with_any_byte(tmp_path: Path) -> None:
    write(tmp_path, "knowledge_base/zh/cards/lost.md", ARTICLE)
    before = load_content(tmp_path).version
    assert load_content(tmp_path).version == before
    write(tmp_path, "knowledge_base/zh/cards/lost.md", ARTICLE.replace("冻结", "挂失"))
    assert load_content(tmp_path).version != before


@pytest.mark.parametrize("text", ["yes", "8:30", "0123", "- a", "no", "null", "~"])
def test_phrases_stay_the_text_that_was_written(tmp_path: Path, text: str) -> None:
    changed = ARTICLE.replace("  卡丢了\n", f"  {text}\n")
    write(tmp_path, "knowledge_base/zh/cards/lost.md", changed)
    article = load_content(tmp_path).articles["cards/lost", Language.ZH]
    assert article.asked_as[0] == text


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("escalates: boredom", "unknown-name"),
        ("role: king", "unknown-name"),
        ("lookup: cards", "unknown-name"),
        ("offered: perhaps", "yes-or-no"),
    ],
)
def test_a_property_of_an_intent_takes_only_its_words(tmp_path: Path, line: str, rule: str) -> None:
    intent = f"intent: b.b\nmeans: x\n{line}\nexamples: |\n  x\n"
    write(tmp_path, "intents/zh/b/b.yaml", intent)
    assert [(fault.line, fault.rule) for fault in faults(tmp_path)] == [(3, rule)]
