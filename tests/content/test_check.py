"""The rules across files: each finds its fault in a copy of the shipped content."""

import shutil
from pathlib import Path

import pytest

from servicebot.content.check import check_content
from servicebot.content.load import load_content
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.errors import ContentError, ContentFault

ARTICLE = "knowledge_base/zh/weilidai/early-repayment.md"


def check(folder: Path) -> tuple[ContentFault, ...]:
    try:
        return check_content(load_content(folder), folder, frozenset(FLOWS))
    except ContentError as error:
        return error.faults


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    for name in ("knowledge_base", "intents"):
        shutil.copytree(project / name, tmp_path / name)
    return tmp_path


def change(folder: Path, place: str, old: str, new: str) -> None:
    file = folder / place
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_content_keeps_every_rule(project: Path) -> None:
    assert [fault.text for fault in check(project)] == []


def test_there_is_enough_of_it(project: Path) -> None:
    content = load_content(project)
    for language in ("zh", "en"):
        assert sum(spoken == language for _, spoken in content.articles) >= 80
        assert sum(spoken == language for _, spoken in content.intents) >= 35


@pytest.mark.parametrize(
    ("place", "old", "new", "rule"),
    [
        (ARTICLE, "id: weilidai/", "id: weilidaix/", "id-and-path"),
        (ARTICLE, "task: loan.repay_early", "task: loan.fly", "unknown-task"),
        (ARTICLE, "\n---\n", "\n---\n请打开 www.evil.example 办理。", "no-link"),
        (ARTICLE, "\n---\n", "\n---\n请打 4001234567。", "no-number"),
        (ARTICLE, "\n---\n", "\n---\n日利率 0.05%。", "figure-in-text"),
        (ARTICLE, "\n---\n", "\n---\n{{ value.no_such_rate }}。", "unknown-figure"),
        (ARTICLE, "\n---\n", "\n---\n可以。", "yes-or-no-first"),
        (ARTICLE, "\n---\n", "\n---\n你随时能还。", "register"),
        (ARTICLE, "\n---\n", "\n---\n" + "很长的回答" * 60, "long-answer"),
        (ARTICLE, "asked_as: |\n", "asked_as: |\n  查余额\n", "doubled-phrase"),
        (ARTICLE, "asked_as: |\n", "asked_as: |\n  上礼拜还能借呢,今天一看可用是零\n", "near-twin"),
        (ARTICLE, "held_out: |\n", "held_out: |\n  查余额\n", "held-out-taught"),
        ("intents/zh/loan/due.yaml", "flow: due", "flow: dew", "unknown-flow"),
        ("intents/zh/loan/due.yaml", " -> ", " -> nowhere.", "unknown-target"),
        ("intents/zh/loan/due.yaml", "lookup: loans", "lookup: yes", "twin-differs"),
        ("knowledge_base/products.csv", "caifudai,yes,,\n", "", "unknown-product"),
        (
            "knowledge_base/products.csv",
            "wealth,no,,\n",
            "wealth,no,,\nweifangdai,yes,,\n",
            "unnamed-product",
        ),
        (
            "knowledge_base/products.csv",
            "wealth,no,,\n",
            "wealth,no,,\nweifangdai,yes,,\n",
            "unshown-product",
        ),
        ("intents/zh/products.yaml", "  微业贷\n", "  微业贷\n  车贷\n", "doubled-name"),
        ("intents/zh/products.yaml", "weilidai:", "weilydai:", "unknown-product"),
        ("intents/zh/task/cancel.yaml", "nothing_to_cancel", "nothing_to_say", "unknown-reply"),
        ("intents/zh/task/cancel.yaml", "role: cancel\n", "", "role-missing"),
        ("intents/zh/task/wait.yaml", "identity:", "role: cancel\nidentity:", "role-taken"),
        ("intents/zh/replies/loans.yaml", "nothing_due:", "nothing_dew:", "one-language"),
        ("intents/en/replies/loans.yaml", "{{ shown }}", "{{ showing }}", "placeholders"),
        (
            "intents/zh/replies/intents.yaml",
            "intent_loan_due:",
            "intent_loan_dew:",
            "missing-label",
        ),
    ],
)
def test_each_rule_finds_its_fault(copy: Path, place: str, old: str, new: str, rule: str) -> None:
    change(copy, place, old, new)
    found = [fault for fault in check(copy) if fault.rule == rule]
    assert found
    assert all(fault.message for fault in found)


def test_a_fault_names_the_line_that_is_meant(copy: Path) -> None:
    change(copy, ARTICLE, "task: loan.repay_early", "task: loan.fly")
    fault = next(fault for fault in check(copy) if fault.rule == "unknown-task")
    line = (copy / ARTICLE).read_text(encoding="utf-8").splitlines()[fault.line - 1]
    assert line == "task: loan.fly"


def test_a_missing_translation_is_told(copy: Path) -> None:
    (copy / "knowledge_base/en/weilidai/early-repayment.md").unlink()
    assert any(fault.rule == "one-language" for fault in check(copy))
