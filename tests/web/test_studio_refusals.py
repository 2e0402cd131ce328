"""Whatever the studio refuses has a code, and its page has words for each in both languages."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError

PAGE: Final = "src/servicebot/web/static/studio/refusals.js"
REACHED: Final = (
    "studio/imports/answer_table.py",
    "studio/tables/article_sheet.py",
    "studio/batch_tests.py",
    "studio/tables/csv_rows.py",
    "studio/imports/import_topics.py",
    "studio/tables/open_workbook.py",
    "studio/tables/question_table.py",
    "studio/imports/rasa_nlu.py",
    "studio/tables/read_csv.py",
    "studio/tables/table_csv.py",
    "studio/tables/workbook.py",
    "studio/tables/write_table.py",
    "web/studio_imports.py",
    "web/studio_tables.py",
    "web/studio_tests.py",
    "web/upload.py",
    "domain/drafts.py",
    "adapters/in_git/working_copy.py",
    "adapters/in_git/revisions.py",
    "adapters/in_sql/drafts.py",
    "studio/add_phrase.py",
    "studio/draft_folder.py",
    "studio/editions.py",
    "studio/effects.py",
    "studio/studio.py",
    "studio/typed.py",
    "studio/undo.py",
    "web/studio_content.py",
    "web/studio_drafts.py",
    "web/studio_typed.py",
)


def test_every_refusal_of_the_studio_has_words_in_both_languages(project: Path) -> None:
    chinese, english = (project / PAGE).read_text("utf-8").split("  en: {")
    for reason in ContentRefusal:
        words = str(ContentRefusedError(reason, named="a/b.md"))
        assert "{" not in words
        assert re.search(rf"^    {reason}: .*[\u4e00-\u9fff]", chinese, re.MULTILINE), reason
        assert re.search(rf"^    {reason}: .*[a-z]", english, re.MULTILINE), reason
        named = re.search(rf"^    {reason}: \(named\)", english, re.MULTILINE) is not None
        assert named == ("a/b.md" in words) or reason is ContentRefusal.NO_WAY, reason
    told = re.findall(r"^    (\w+): ", chinese, re.MULTILINE)
    assert told == [str(one) for one in ContentRefusal]


@pytest.mark.parametrize("file", REACHED)
def test_nothing_that_the_studio_reaches_refuses_without_a_code(project: Path, file: str) -> None:
    tree = ast.parse((project / "src/servicebot" / file).read_text("utf-8"))
    raised = [
        node.exc.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
    ]
    assert not {"RejectedError", "ChangedMeanwhileError", "TooLargeError"} & set(raised)
