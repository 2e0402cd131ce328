"""A preview holds what is really sent: the same words, the same cuts, the figures filled in."""

from datetime import date
from pathlib import Path

import pytest

from servicebot.channels.wechat.render import MOST_BYTES
from servicebot.content.content import Content
from servicebot.content.overlay import overlaid, read_alone
from servicebot.studio.preview import Preview, preview

TODAY = date(2026, 11, 29)
ARTICLE = "knowledge_base/zh/weilidai/early-repayment.md"
REPLIES = "intents/zh/replies/loans.yaml"


def shown(content: Content, project: Path, path: str, line: int = 1, add: str = "") -> Preview:
    text = (project / path).read_text("utf-8") + add
    alone = read_alone(path, text.encode())
    return preview(overlaid(content, path, alone), path, text, line, TODAY)


def test_an_article_is_shown_with_its_figures_and_its_buttons(
    content: Content, project: Path
) -> None:
    (said, *_) = shown(content, project, ARTICLE).said
    assert "{{" not in said.message.text
    assert said.message.buttons
    assert said.wechat[0].startswith(said.message.text)
    assert f"[{said.message.buttons[0].says}]" in said.wechat[-1]


def test_a_person_is_offered_where_the_article_says_so(content: Content, project: Path) -> None:
    for article in [one for one in content.articles.values() if one.hand_over][:3]:
        names = [said.name for said in shown(content, project, article.path).said]
        assert names[:2] == [article.id, "offer_person"]
    for intent in [one for one in content.intents.values() if not one.does_something][:5]:
        (said,) = shown(content, project, intent.path).said
        assert said.name in {intent.alone_reply, intent.id.replace(".", "_")}


def test_a_long_answer_is_cut_as_wechat_cuts_it(content: Content, project: Path) -> None:
    (*_, said) = shown(content, project, ARTICLE, add="很长的回答。\n" * 200).said  # its details
    assert len(said.wechat) > 1
    assert all(len(part.encode()) <= MOST_BYTES for part in said.wechat)


def test_of_many_replies_the_one_at_the_cursor_is_shown(content: Content, project: Path) -> None:
    for path in sorted((project / "intents/zh/replies").glob("*.yaml")):
        name = path.relative_to(project).as_posix()
        for number, words in enumerate(path.read_text("utf-8").splitlines(), 1):
            if words[:1].isalpha():
                (said,) = shown(content, project, name, number).said
                assert words.startswith(f"{said.name}:")


def test_a_table_tells_which_texts_name_each_figure(content: Content, project: Path) -> None:
    values = shown(content, project, "knowledge_base/values/weilidai.csv").values
    rate = next(one for one in values if one.name == "weilidai_daily_rate")
    assert rate.uses >= 1
    assert rate.paths
    assert rate.printed.endswith("%")


@pytest.mark.parametrize("folder", ["knowledge_base", "intents"])
def test_every_file_of_the_content_has_a_preview_or_is_a_list(
    content: Content, project: Path, folder: str
) -> None:
    for path in sorted((project / folder).rglob("*/*/*.[my][da]*"))[::25]:
        name = path.relative_to(project).as_posix()
        found = preview(content, name, path.read_text("utf-8"), 1, TODAY)
        assert found.said or found.phrases, name
