"""A phrase is one line more, and every other byte of the file stays."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.content.load import load_content
from servicebot.domain.drafts import DraftFile
from servicebot.domain.errors import RejectedError
from servicebot.studio.add_phrase import add_phrase
from servicebot.studio.draft_folder import write_draft_folder

ARTICLE = "knowledge_base/zh/weilidai/early-repayment.md"
PHRASES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1
).filter(str.strip)


@given(PHRASES)
def test_taking_the_line_out_again_gives_the_file_back(project: Path, phrase: str) -> None:
    text = (project / ARTICLE).read_text("utf-8")
    try:
        added = add_phrase(text, ARTICLE, phrase)
    except RejectedError:
        assert " ".join(phrase.split()) in text
        return
    lines = added.splitlines(keepends=True)
    before = text.splitlines(keepends=True)
    (new,) = [n for n in range(len(lines)) if lines[:n] + lines[n + 1 :] == before][:1]
    assert lines[new] == f"  {' '.join(phrase.split())}\n"


def test_every_article_and_intent_takes_a_phrase(project: Path, tmp_path: Path) -> None:
    content = load_content(project)
    paths = [one.path for one in content.articles.values()]
    paths += [one.path for one in content.intents.values() if one.examples]
    files = {
        path: DraftFile(
            text=add_phrase((project / path).read_text("utf-8"), path, f"新的一句话 {number}"),
            before=None,
        )
        for number, path in enumerate(paths)
    }
    write_draft_folder(project, files, tmp_path / "draft")
    changed = load_content(tmp_path / "draft")
    for key, article in changed.articles.items():
        assert len(article.asked_as) == len(content.articles[key].asked_as) + 1
        assert article.asked_as[-1].startswith("新的一句话")


def test_line_ends_of_windows_stay() -> None:
    text = "---\r\nasked_as: |\r\n  一\r\nowner: x\r\n"
    assert add_phrase(text, "a.md", "二") == "---\r\nasked_as: |\r\n  一\r\n  二\r\nowner: x\r\n"


@pytest.mark.parametrize(("text", "path"), [("examples: |\n  一\n", "a.yaml"), ("x: y\n", "a.md")])
def test_what_is_taught_already_or_cannot_be_is_refused(text: str, path: str) -> None:
    with pytest.raises(RejectedError):
        add_phrase(text, path, "一")
