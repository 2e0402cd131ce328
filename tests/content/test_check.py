"""The rules across files: each finds its fault in a copy of the shipped content."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from servicebot.content.check import advise_content, check_content
from servicebot.content.complaint import words_of
from servicebot.content.content_files import ContentFiles, read_folder
from servicebot.content.load import load_content
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.domain.understanding import Language

ARTICLE = "knowledge_base/zh/weilidai/early-repayment.md"


def check(source: Path | ContentFiles) -> tuple[ContentFault, ...]:
    try:
        return check_content(load_content(source), source, frozenset(FLOWS))
    except ContentError as error:
        return error.faults


@pytest.fixture(scope="module")
def shipped(project: Path) -> ContentFiles:
    return read_folder(project)


def changed(files: ContentFiles, place: str, old: str, new: str) -> ContentFiles:
    text = files.text(place)
    assert old in text
    return files.with_file(place, text.replace(old, new, 1).encode())


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
        (
            "knowledge_base/zh/weilidai/early-repayment.md",
            "asked_as: |\n",
            "asked_as: |\n  请写 25 种以上客户的问法，每行一种\n",
            "unwritten",
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
def test_each_rule_finds_its_fault(
    shipped: ContentFiles, place: str, old: str, new: str, rule: str
) -> None:
    found = [fault for fault in check(changed(shipped, place, old, new)) if fault.rule == rule]
    assert found
    assert all(fault.message for fault in found)


def test_a_fault_names_the_line_that_is_meant(shipped: ContentFiles) -> None:
    files = changed(shipped, ARTICLE, "task: loan.repay_early", "task: loan.fly")
    (fault,) = check(files)
    assert fault.rule == "unknown-task"
    assert files.text(ARTICLE).splitlines()[fault.line - 1] == "task: loan.fly"
    assert dict(fault.args)["name"] == "loan.fly"


def test_the_nearest_right_name_is_told(shipped: ContentFiles) -> None:
    (fault,) = check(changed(shipped, ARTICLE, "loan.repay_early", "loan.repay_erly"))
    assert "loan.repay_early" in words_of(fault, Language.ZH)
    assert "Did you mean `loan.repay_early`?" in words_of(fault, Language.EN)


def test_a_held_out_phrase_that_is_taught_names_both_lines(shipped: ContentFiles) -> None:
    other = "intents/zh/talk/thanks.yaml"
    files = changed(shipped, other, "examples: |\n", "examples: |\n  早点还会不会扣我啥费\n")
    (fault,) = check(files)
    assert fault.place.startswith(f"{ARTICLE}:")
    line = files.text(other).split("\n").index("  早点还会不会扣我啥费") + 1
    assert dict(fault.args)["first"] == f"{other}:{line}"


def test_a_missing_translation_is_told(shipped: ContentFiles) -> None:
    place = "knowledge_base/en/weilidai/early-repayment.md"
    files = replace(shipped, files={k: v for k, v in shipped.files.items() if k != place})
    assert [fault.rule for fault in check(files)] == ["one-language"]


def test_a_content_from_memory_is_the_same_as_from_its_folder(
    project: Path, shipped: ContentFiles
) -> None:
    assert load_content(shipped).version == load_content(project).version


def test_what_expires_is_told_in_time(shipped: ContentFiles) -> None:
    text = shipped.text(ARTICLE)
    last = date(2027, 12, 31)
    for days, rule in ((61, None), (60, "expires-soon"), (0, "expires-soon"), (-1, "expired")):
        found = advise_content(load_content(shipped), shipped, last - timedelta(days=days))
        rules = {fault.rule for fault in found if fault.path == ARTICLE}
        assert rules - {"thin-held-out"} == ({rule} if rule else set())
    assert ".. 2027-12-31" in text
