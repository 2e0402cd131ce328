"""The commands as people type them: output, exit codes, messages that say what to do."""

import asyncio
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest
from tests.contracts.examples import inbound, receipt, unreadable
from tests.sealing import KEY, records_on

from servicebot.adapters.in_sql.engine import SqlEngine


def run(*words: str, folder: Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "servicebot", *words],
        cwd=folder,
        env={**kept, **environ},
        capture_output=True,
        text=True,
        timeout=400,  # the first one fits the model
        check=False,
    )


def test_unknown_settings_are_told_at_once_with_exit_2(project: Path) -> None:
    ended = run(
        "serve",
        folder=project,
        SERVICEBOT_WEB_PORT="x",
        SERVICEBOT_NO_SUCH="1",
    )
    assert ended.returncode == 2
    assert "SERVICEBOT_WEB_PORT" in ended.stderr
    assert "SERVICEBOT_NO_SUCH" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_wrong_word_is_wrong_use(project: Path) -> None:
    assert run("evaluate", "nothing", folder=project).returncode == 2


def test_content_check_passes_on_the_shipped_content(project: Path) -> None:
    ended = run("content", "check", folder=project)
    assert ended.returncode == 0
    assert "All well" in ended.stdout


def test_content_check_names_file_line_rule_and_remedy(project: Path, tmp_path: Path) -> None:
    for name in ("knowledge_base", "intents"):
        shutil.copytree(project / name, tmp_path / name)
    file = tmp_path / "knowledge_base/zh/weilidai/early-repayment.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("hand_over: no", "hand_over: perhaps"),
        encoding="utf-8",
    )
    ended = run("content", "check", str(tmp_path), folder=project)
    assert ended.returncode == 1
    assert "knowledge_base/zh/weilidai/early-repayment.md:" in ended.stdout
    assert "[yes-or-no]" in ended.stdout
    assert "Write `yes` or `no`" in ended.stdout


def test_content_check_speaks_the_language_of_the_environment_or_the_one_asked_for(
    project: Path, tmp_path: Path
) -> None:
    for name in ("knowledge_base", "intents"):
        shutil.copytree(project / name, tmp_path / name)
    file = tmp_path / "knowledge_base/zh/weilidai/early-repayment.md"
    text = file.read_text(encoding="utf-8").replace("title: ", "title：")
    file.write_text(text, encoding="utf-8-sig")
    ended = run("content", "check", str(tmp_path), folder=project, LANG="zh_CN.UTF-8")
    assert ended.returncode == 1
    assert "early-repayment.md:3: [wide-colon]" in ended.stdout
    assert "全角冒号" in ended.stdout
    ended = run(
        "content", "check", str(tmp_path), "--language", "en", folder=project, LANG="zh_CN.UTF-8"
    )
    assert "full-width colon" in ended.stdout
    ended = run("content", "check", str(tmp_path), "--json", folder=project)
    (fault,) = orjson.loads(ended.stdout)["faults"]
    assert {name: fault[name] for name in ("line", "rule", "level")} == {
        "line": 3,
        "rule": "wide-colon",
        "level": "error",
    }
    assert fault["args"]["field"] == "title"


def test_content_check_counts_warnings_and_shows_them_when_asked(
    project: Path, tmp_path: Path
) -> None:
    for name in ("knowledge_base", "intents"):
        shutil.copytree(project / name, tmp_path / name)
    (tmp_path / "knowledge_base/zh/weilidai/新活动.docx").write_bytes(b"PK")
    (tmp_path / "knowledge_base/zh/weilidai/~$新活动.docx").write_bytes(b"")
    ended = run("content", "check", str(tmp_path), folder=project, LANG="zh_CN.UTF-8")
    assert ended.returncode == 0
    assert "1 × 机器人不会读取的文件：knowledge_base/zh/weilidai/新活动.docx\n" in ended.stdout
    assert "weilidai" in ended.stdout
    ended = run("content", "check", str(tmp_path), "--warnings", folder=project)
    assert ended.returncode == 0
    assert "knowledge_base/zh/weilidai/新活动.docx: [foreign-file]" in ended.stdout
    assert ":0:" not in ended.stdout


def test_content_check_looks_for_twins_only_where_there_is_no_fault(
    project: Path, tmp_path: Path
) -> None:
    for name in ("knowledge_base", "intents"):
        shutil.copytree(project / name, tmp_path / name)
    file = tmp_path / "knowledge_base/zh/weilidai/early-repayment.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("hand_over: no", "hand_over: perhaps"), encoding="utf-8")
    ended = run("content", "check", "--twins", "--json", str(tmp_path), folder=project)
    assert ended.returncode == 1
    assert set(orjson.loads(ended.stdout)) == {"ok", "faults"}


def test_content_check_tells_twins_in_plain_words_and_as_json(project: Path) -> None:
    ended = run("content", "check", "--twins", "--json", folder=project)
    assert ended.returncode == 0, ended.stderr
    told = orjson.loads(ended.stdout)
    assert told["ok"]
    for family in told["twins"]:
        assert 0 < family["lost"] <= family["asked"]
        assert len(family["members"]) >= 2
        assert all((project / one["path"]).is_file() and one["line"] for one in family["members"])


@pytest.mark.parametrize(
    ("text", "language"),
    [("微粒贷提前还款要手续费吗", "zh"), ("how do I repay my loan early", "en")],
)
def test_ask_answers_from_the_same_article_in_each_language(
    project: Path, text: str, language: str
) -> None:
    ended = run("ask", text, "--json", folder=project)
    assert ended.returncode == 0, ended.stderr
    answer: dict[str, Any] = orjson.loads(ended.stdout)
    assert set(answer) == {"language", "band", "intent", "article", "probability", "reply"}
    assert answer["article"] == "weilidai/early-repayment"
    assert answer["language"] == language
    assert answer["band"] == "answer"
    assert 0 <= answer["probability"] <= 1


def test_explain_shows_signals_and_thresholds(project: Path) -> None:
    ended = run("explain", "额度多少", folder=project, COLUMNS="160")
    assert ended.returncode == 0, ended.stderr
    assert "credit.limit" in ended.stdout
    assert "answer" in ended.stdout


def test_a_receipt_that_is_not_there_is_told(project: Path, tmp_path: Path) -> None:
    ended = run("records", "receipt", "web:x#1", folder=project, SERVICEBOT_STORE_DIR=str(tmp_path))
    assert ended.returncode == 2
    assert "no receipt" in ended.stderr


def test_receipts_that_cannot_be_read_are_counted_and_hide_no_other(
    project: Path, tmp_path: Path, records_url: str
) -> None:
    with closing(SqlEngine(records_url)) as sql:
        left = [receipt(inbound("m1"), 1), unreadable(receipt(inbound("m2"), 2))]
        asyncio.run(records_on(sql).keep(left))
    keys = tmp_path / "store.keys"
    keys.write_text(KEY.line)
    keys.chmod(0o600)
    places = {"SERVICEBOT_STORE_DIR": str(tmp_path), "SERVICEBOT_RECORDS_URL": records_url}
    ended = run("records", "export", "wechat:c1", folder=project, **places)
    assert ended.returncode == 0, ended.stderr
    assert [orjson.loads(line)["turn_id"] for line in ended.stdout.splitlines()] == ["wechat:c1#1"]
    assert ended.stderr == "1 more cannot be read; left out here.\n"
    ended = run("records", "receipt", "m2", folder=project, **places)
    assert ended.returncode == 2
    assert "cannot be read" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_bench_says_how_to_start_a_server(project: Path) -> None:
    ended = run("bench", "--url", "http://127.0.0.1:1", folder=project)
    assert ended.returncode == 2
    assert "make run" in ended.stderr
