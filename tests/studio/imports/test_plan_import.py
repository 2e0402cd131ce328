"""What comes in becomes articles; what is there already gets phrases, and the rest is told."""

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from servicebot.content.content import Content
from servicebot.content.parse_article import parse_article
from servicebot.content.read_text import SourceText
from servicebot.content.rules.phrases import LEAST_PHRASES
from servicebot.domain.understanding import Language
from servicebot.studio.imports.imported_topic import ImportedTopic, one_line
from servicebot.studio.imports.plan_import import ImportPlan, Planning
from servicebot.studio.imports.topic_name import topic_name
from servicebot.studio.imports.write_article import ArticleFacts, write_article
from servicebot.studio.tables.not_taken import Why

FACTS = ArticleFacts(
    line="weilidai",
    owner="loans@bank.example",
    source="产品条款：第三版",
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
)
THERE = "knowledge_base/zh/weilidai/payout-time.md"
LINE = st.text(min_size=1, max_size=40).map(one_line).filter(bool)


def topic(place: str, *phrases: str, answer: str = "答案。", name: str = "") -> ImportedTopic:
    return ImportedTopic(place=place, title=phrases[0], phrases=phrases, answer=answer, name=name)


def planned(project: Path, content: Content, *topics: ImportedTopic, **near: str) -> ImportPlan:
    return Planning(content, project, FACTS).plan(topics, near)


def test_a_new_question_is_an_article_and_a_twin_to_be_written(
    project: Path, content: Content
) -> None:
    plan = planned(project, content, topic("2", "能开发票吗", "发票怎么开", answer="可以的。"))
    assert list(plan.files) == [
        "knowledge_base/zh/weilidai/neng-kai-fa-piao-ma.md",
        "knowledge_base/en/weilidai/neng-kai-fa-piao-ma.md",
    ]
    zh, en = plan.files.values()
    assert zh == (
        "---\nid: weilidai/neng-kai-fa-piao-ma\ntitle: 能开发票吗\n"
        "valid: 2026-01-01 .. 2027-12-31\nowner: loans@bank.example\nsource: 产品条款：第三版\n"
        "hand_over: no\nasked_as: |\n  能开发票吗\n  发票怎么开\n---\n可以的。\n"
    )
    twin = parse_article(SourceText(path=list(plan.files)[1], text=en), Language.EN)
    assert len(twin.asked_as) < LEAST_PHRASES, "so that the check holds it back"
    assert [(one.phrases, one.new) for one in plan.topics] == [(2, True)]


def test_what_is_there_gets_the_further_phrases_and_no_second_article(
    project: Path, content: Content
) -> None:
    plan = planned(project, content, topic("2", "借款多久到账？", "从来没有人这样问过到账"))
    before = (project / THERE).read_text("utf-8")
    assert list(plan.files) == [THERE]
    new = "  从来没有人这样问过到账\n"
    assert plan.files[THERE].replace(new, "") == before
    assert [(one.path, one.phrases, one.new) for one in plan.topics] == [(THERE, 1, False)]
    named = topic("3", "从来没有人这样问过", name="weilidai/payout-time")
    assert list(planned(project, content, named).files) == [THERE]


def test_what_adds_nothing_is_near_or_too_long_is_told(project: Path, content: Content) -> None:
    plan = planned(
        project,
        content,
        topic("2", "借款多久到账"),
        topic("3", "钱要几天才有"),
        topic("4", "很长" * 40),
        topic("5", "能开发票吗"),
        topic("6", "能开发票吗？"),
        **{"3": "weilidai/payout-time"},
    )
    assert [(one.place.split()[0], one.why, one.named) for one in plan.refused] == [
        ("2", Why.TAUGHT, "weilidai/payout-time"),
        ("3", Why.NEAR, "weilidai/payout-time"),
        ("4", Why.TOO_LONG, "60"),
        ("6", Why.TAUGHT, "weilidai/neng-kai-fa-piao-ma"),
    ]
    assert len(plan.topics) == 1


@given(LINE, st.lists(LINE, min_size=1, max_size=4), LINE)
def test_whatever_is_written_is_read_back(title: str, phrases: list[str], answer: str) -> None:
    text = write_article(FACTS, "x", title, phrases, f"答{answer}")
    path = "knowledge_base/zh/weilidai/x.md"
    article = parse_article(SourceText(path=path, text=text), Language.ZH)
    assert (article.title, article.asked_as) == (title, tuple(phrases))
    assert article.answer == f"答{answer}"


@given(st.text(max_size=60), st.sets(st.sampled_from(["topic", "topic-2", "hui-kuan", "a"])))
def test_a_name_is_one_that_a_file_may_have(words: str, taken: set[str]) -> None:
    name = topic_name(words, taken)
    assert name not in taken
    assert all(one.isascii() and (one.isalnum() or one == "-") for one in name)
    assert 0 < len(name) <= 45
