"""What the pages for content staff ask for is what the check asks for, in both languages."""

import re
from pathlib import Path

import pytest

from servicebot.content.parse_article import parse_article
from servicebot.content.read_text import source_of
from servicebot.content.rules.phrases import LEAST_PHRASES
from servicebot.content.rules.thin import (
    ARTICLE_HELD_OUT,
    ARTICLE_PHRASES,
    INTENT_HELD_OUT,
    INTENT_PHRASES,
)
from servicebot.domain.understanding import Language


@pytest.mark.parametrize(
    ("file", "field", "least"),
    [
        ("knowledge_base/README{}.md", "asked_as", ARTICLE_PHRASES),
        ("knowledge_base/README{}.md", "held_out", ARTICLE_HELD_OUT),
        ("intents/README{}.md", "examples", INTENT_PHRASES),
        ("intents/README{}.md", "held_out", INTENT_HELD_OUT),
    ],
)
@pytest.mark.parametrize("language", ["", ".zh"])
def test_as_many_phrases_are_asked_for_as_are_warned_of(
    project: Path, file: str, field: str, least: int, language: str
) -> None:
    text = (project / file.format(language)).read_text("utf-8")
    row = re.search(rf"^\| `{field}` \| (\d+)", text, re.MULTILINE)
    assert row is not None
    assert int(row[1]) == least
    assert re.search(rf"fewer than {LEAST_PHRASES} |不足 {LEAST_PHRASES} 句", text)


@pytest.mark.parametrize("language", ["", ".zh"])
def test_the_example_of_an_article_is_an_article(project: Path, language: str) -> None:
    text = (project / f"knowledge_base/README{language}.md").read_text("utf-8")
    example = text.partition("```markdown\n")[2].partition("```")[0]
    place = "knowledge_base/zh/weilidai/payout-time.md"
    assert parse_article(source_of(place, example.encode()), Language.ZH).more


def test_the_pages_lead_to_each_other(project: Path) -> None:
    for folder in ("knowledge_base", "intents"):
        assert "(README.zh.md)" in (project / folder / "README.md").read_text("utf-8")
        assert "(README.md)" in (project / folder / "README.zh.md").read_text("utf-8")
