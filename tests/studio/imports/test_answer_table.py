"""Tables of questions and answers are read with the heads that their programs write."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.studio.tables.test_question_table import excel

from servicebot.domain.errors import RejectedError
from servicebot.studio.imports.answer_table import read_answer_table
from servicebot.studio.imports.imported_topic import one_line
from servicebot.studio.tables.not_taken import Why

DIFY_ZH = "问题,答案\n要手续费吗,不收。\n,没有问题\n利息多少,\n"
DIFY_EN = "question,answer\nIs there a fee?,There is none.\n"
FASTGPT = 'q,a,indexes\n你是谁,我是客服。,"1. 你是什么?\n2. 你能做什么?",你叫什么\n'
FASTGPT_MORE = "q,a,indexes,,\n你是谁,我是客服。,你是什么,你能做什么,你叫什么\n"
MAXKB = (
    "分段标题（选填）,分段内容（必填，问题答案））,问题（选填，单元格内一行一个）\n"
    'MaxKB产品介绍,"第一行\n第二行","MaxKB是什么？\nMaxKB优势"\n'
    "只有标题,内容,\n"
)
MAXKB_EN = (
    "Section title (optional), Section content (required，question answer),"
    " Question (optional，one per line in the cell)\nA,B,What is it?\n"
)
LINE = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Nd", "Zs", "Zl", "Zp")),
    min_size=1,
).map(one_line)


def read(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    topics, _ = read_answer_table("a.csv", text.encode("utf-8-sig"))
    return [(one.title, one.phrases, one.answer) for one in topics]


def test_dify() -> None:
    topics, refused = read_answer_table("a.csv", DIFY_ZH.encode("gb18030"))
    assert [(one.place, one.phrases, one.answer) for one in topics] == [
        ("2", ("要手续费吗",), "不收。")
    ]
    assert [(one.place, one.why) for one in refused] == [
        ("3", Why.NO_QUESTION),
        ("4", Why.NO_ANSWER),
    ]
    assert read(DIFY_EN) == [("Is there a fee?", ("Is there a fee?",), "There is none.")]


def test_fastgpt() -> None:
    first = ("你是谁", ("你是谁", "你是什么?", "你能做什么?"), "我是客服。")
    assert read(FASTGPT) == [first]
    more = ("你是谁", ("你是谁", "你是什么", "你能做什么", "你叫什么"), "我是客服。")
    assert read(FASTGPT_MORE) == [more]


def test_maxkb() -> None:
    assert read(MAXKB) == [
        ("MaxKB产品介绍", ("MaxKB是什么？", "MaxKB优势"), "第一行\n第二行"),
        ("只有标题", ("只有标题",), "内容"),
    ]
    assert read(MAXKB_EN) == [("A", ("What is it?",), "B")]


def test_excel_is_read_too() -> None:
    topics, _ = read_answer_table("a.xlsx", excel(("问题", "答案"), ("要多久", "很快。")))
    assert (topics[0].phrases, topics[0].answer) == (("要多久",), "很快。")


@pytest.mark.parametrize(
    ("data", "told"),
    [("", "empty"), ("名称,值\nx,y\n", "No columns of questions"), ("问题\nx\n", "No columns")],
)
def test_another_table_says_what_is_missing(data: str, told: str) -> None:
    with pytest.raises(RejectedError, match=told):
        read_answer_table("a.csv", data.encode())


@given(st.lists(st.tuples(LINE.filter(bool), LINE.filter(bool)), max_size=8))
def test_what_is_written_is_read(pairs: list[tuple[str, str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("question", "answer"), *pairs])
    assert [(phrases[0], answer) for _, phrases, answer in read(out.getvalue())] == pairs


def test_a_head_of_brackets_is_read_at_once() -> None:
    (topic,), _ = read_answer_table(
        "a.csv", ('"' + "(" * 130_000 + '\nx","问题(必填)\n说明",答案\n1,a,b\n').encode()
    )
    assert topic.phrases == ("a",)
