"""The studio's twins on the command line, over a copy of the content in a repository of its own."""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cli.test_commands import run

from servicebot.adapters.in_git.working_copy import GitWorkingCopy

ARTICLE = "knowledge_base/zh/weilidai/early-repayment.md"
ASKED = "text,expected,asked\n提前还款要手续费吗,weilidai/early-repayment,7\n利息怎么算,x,1\n"


@pytest.fixture
def folder(project: Path, tmp_path: Path) -> Path:
    """A copy of the content."""
    for name in ("knowledge_base", "intents"):
        shutil.copytree(project / name, tmp_path / name)
    (tmp_path / "asked.csv").write_text(ASKED, "utf-8-sig")
    return tmp_path


def at(project: Path) -> dict[str, str]:
    return {"SERVICEBOT_STORE_FITTED_DIR": str(project / "var" / "fitted")}


def commits(folder: Path) -> list[str]:
    copy = GitWorkingCopy(folder)
    found = [f"{one.editor}|{one.approver}|{one.title}" for one in copy.history(9)]
    copy.close()
    return found


def test_a_change_is_published_compared_tested_and_rolled_back(project: Path, folder: Path) -> None:
    file = folder / ARTICLE
    begun = file.read_text("utf-8")
    run("content", "publish", "--title", "起点", "--approver", "王", folder=folder)
    file.write_text(begun.replace("手续费", "手续费用", 1), "utf-8")
    said = run("content", "publish", "--title", "第一次", "--approver", "王", folder=folder)
    assert said.returncode == 0, said.stderr
    answer = begun.split("\n---\n", 1)
    file.write_text(f"{answer[0]}\n---\n{answer[1].replace('。', '。请放心。', 1)}", "utf-8")

    differs = run(
        *("content", "diff", "--questions", "asked.csv", "--json"), folder=folder, **at(project)
    )
    assert differs.returncode == 1, differs.stderr
    (group,) = json.loads(differs.stdout)["groups"]
    assert (group["was"], group["asked"]) == ("weilidai/early-repayment", 7)
    assert group["texts"] == ["提前还款要手续费吗"]

    tested = run("content", "test", "asked.csv", folder=folder, **at(project))
    assert tested.returncode == 1
    assert "1 of 2 as expected" in tested.stdout
    assert "row 3" in tested.stdout

    run("content", "publish", "--title", "第二次", "--approver", "王", folder=folder)
    said = run("content", "rollback", "HEAD", folder=folder)
    assert said.returncode == 0, said.stderr
    assert "请放心" not in file.read_text("utf-8")
    titles = [one.split("|", 1)[1] for one in commits(folder)]
    assert titles[1:3] == ["王|第二次", "王|第一次"]
    assert len({one.split("|")[0] for one in commits(folder)[:3]}) == 1


def test_what_the_check_refuses_is_not_published(folder: Path) -> None:
    (folder / ARTICLE).write_text("没有头\n", "utf-8")
    said = run("content", "publish", "--title", "坏的", "--approver", "王", folder=folder)
    assert said.returncode != 0
    assert ARTICLE in said.stdout + said.stderr
    assert commits(folder) == []


def test_tables_go_out_and_come_back_as_a_draft(folder: Path) -> None:
    before = (folder / "knowledge_base/values/weilidai.csv").read_bytes()
    assert run("content", "export", "t.xlsx", folder=folder).returncode == 0
    same = run("content", "import", "t.xlsx", folder=folder)
    assert (same.returncode, "0 cells" in same.stdout) == (0, True)
    book = load_workbook(folder / "t.xlsx")
    book["weilidai"]["B2"].value = 0.05
    book.save(folder / "t.xlsx")
    said = run("content", "import", "t.xlsx", folder=folder)
    assert "1 cells of 1 tables" in said.stdout
    assert "draft" in said.stdout
    assert (folder / "knowledge_base/values/weilidai.csv").read_bytes() == before


def test_questions_and_answers_of_another_program_become_a_draft(
    project: Path, folder: Path
) -> None:
    (folder / "qa.csv").write_text("question,answer\n桃花坞里桃花庵,诗。\n,x\n", "utf-8-sig")
    asked = ("content", "import", "qa.csv")
    said = run(*asked, folder=folder)
    assert (said.returncode, "--line" in said.stderr) == (2, True)
    facts = ("--line", "weilidai", "--owner", "a@bank.example", "--source", "试")
    said = run(*asked, *facts, folder=folder, **at(project))
    assert said.returncode == 1, said.stderr
    assert "knowledge_base/zh/weilidai/tao-hua-wu-li-tao-hua-an.md: new" in said.stdout
    assert "draft" in said.stdout
    assert "not taken: 3: it has no question." in said.stderr


def test_a_table_comes_back_as_csv_and_articles_in_a_sheet(folder: Path) -> None:
    assert run("content", "export", "a.xlsx", "--articles", folder=folder).returncode == 0
    same = run("content", "import", "a.xlsx", folder=folder)
    assert (same.returncode, "0 cells" in same.stdout) == (0, True), same.stderr
    table = "knowledge_base/values/weilidai.csv"
    text = (folder / table).read_text("utf-8")
    (folder / "t.csv").write_text(text.replace("0.04", "0.05", 1), "gb18030")
    said = run("content", "import", "t.csv", "--table", table, folder=folder)
    assert "1 cells of 1 tables" in said.stdout, said.stderr
    said = run("content", "import", "t.csv", "--table", "x.csv", folder=folder)
    assert (said.returncode, "There is no table x.csv" in said.stderr) == (2, True)


def test_a_table_without_questions_is_refused(folder: Path) -> None:
    (folder / "bad.csv").write_text("名称\nx\n", "utf-8")
    said = run("content", "test", "bad.csv", folder=folder)
    assert said.returncode != 0
    assert "No column of questions" in said.stderr
    assert "Traceback" not in said.stderr
