"""The four sets are well formed, and the figures count what the decision really was."""

from pathlib import Path

import pytest
from tests.hearing.nearest_phrase import NearestPhrase

from servicebot.content.content import Content
from servicebot.domain.errors import ContentError
from servicebot.domain.task import EarlyRepayment, Sum
from servicebot.domain.understanding import Language
from servicebot.evaluation.context.cases import SETS, Case, conversation_of, read_cases
from servicebot.evaluation.context.evaluate import evaluate_context

PHRASES = {
    "微粒贷可以提前还款吗": "weilidai/early-repayment",
    "微粒贷 利息": "weilidai/interest-calculation",
    "查余额": "account.balance",
    "查额度": "credit.limit",
    "网点在哪里": "channels/branch",
}
LINES = {
    "follow_ups": "zh\tplain\tweilidai/early-repayment\t那利息呢\tweilidai/interest-calculation",
    "wishes": "zh\tplain\t查余额,再查额度\taccount.balance credit.limit",
    "negations": "zh\tplain\t我不是要查余额\taccount.balance\tnone",
    "corrections": "zh\tplain\ttask:confirm_repay\t说错了,是第二笔\tloan=2",
}
TRAPS = {
    "follow_ups": "zh\ttrap\tweilidai/early-repayment\t网点在哪里呢\tchannels/branch",
    "wishes": "zh\ttrap\t查余额\taccount.balance",
    "negations": "zh\ttrap\t网点在哪里\t-\tchannels/branch",
    "corrections": "zh\ttrap\ttask:confirm_repay\t确认\tyes",
}


def write(folder: Path, lines: dict[str, str]) -> None:
    for name, line in lines.items():
        (folder / f"{name}.tsv").write_text(f"a\tb\tc\td\te\n{line}\n{TRAPS[name]}\n", "utf-8")


@pytest.mark.parametrize("name", list(SETS))
def test_every_set_is_well_formed_with_a_quarter_of_traps(project: Path, name: str) -> None:
    cases = read_cases(project / "tests" / "context", name)
    assert len(cases) >= 200
    assert sum(case.trap for case in cases) >= len(cases) / 4
    assert all(conversation_of(case) for case in cases)


def test_what_is_understood_counts_as_right(tmp_path: Path, content: Content) -> None:
    write(tmp_path, LINES)
    reports = evaluate_context(
        tmp_path, content=content, understander=NearestPhrase(PHRASES, content)
    )
    assert [(r.name, r.cases, r.right, r.wrong) for r in reports] == [(n, 2, 2, ()) for n in SETS]


def test_what_is_understood_otherwise_is_listed_as_wrong(tmp_path: Path, content: Content) -> None:
    write(tmp_path, LINES | {"wishes": "zh\tplain\t查余额,再查额度\tcredit.limit"})
    wishes = evaluate_context(
        tmp_path, content=content, understander=NearestPhrase(PHRASES, content)
    )[1]
    assert (wishes.right, wishes.rate, wishes.trap_rate) == (1, 0.5, 1.0)
    assert "wishes:account.balance+credit.limit" in wishes.wrong[0]


def test_a_file_that_is_no_set_says_so(tmp_path: Path) -> None:
    write(tmp_path, LINES | {"wishes": "xx\tplain\t查余额\tcredit.limit"})
    with pytest.raises(ContentError):
        read_cases(tmp_path, "wishes")


def test_a_case_in_a_task_begins_with_what_was_quoted() -> None:
    state = "task:confirm_repay"
    case = Case(language=Language.ZH, trap=False, state=state, message="确认", expected="yes")
    made = conversation_of(case)
    assert made.task is not None
    assert isinstance(made.task.state, EarlyRepayment)
    assert made.task.state.amount == Sum(fen=50_000)
