"""The labelled files: a state, a message and what is right; and the state as a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Final

from servicebot.content.topics import topic_of
from servicebot.dialogue.loans import as_choice, loan_ref
from servicebot.domain.conversation import Conversation, Identity
from servicebot.domain.task import (
    AccountRef,
    Asked,
    EarlyRepayment,
    Page,
    Question,
    Sum,
    Task,
    Terms,
)
from servicebot.domain.understanding import Language
from servicebot.evaluation.context.table_bank import NOW, open_loans
from servicebot.evaluation.read_table import data_fault, read_tsv

# The columns of each file behind `language` and `kind`; the last one is what is right.
SETS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "follow_ups": ("before", "message", "expected"),
        "wishes": ("message", "expected"),
        "negations": ("message", "denied", "expected"),
        "corrections": ("state", "message", "expected"),
    }
)
AMOUNT_FEN: Final = 50_000
_TASK: Final = "loan.repay_early"
_TERMS: Final = Terms(
    quote_id="quote",
    total_fen=AMOUNT_FEN,
    account=AccountRef(id="account", tail="6688"),
    valid_until=NOW + timedelta(minutes=10),
    fee_fen=0,
)
_PAGE: Final = Page(step_up_id="step-up", url="https://bank.example/s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line of a labelled file.

    Attributes:
        trap: Whether it only looks like one of its set.
        state: `last:<topic>@<product>`, `task:<question>`, or empty for a beginning.
        expected: What is right, as the file's README says.
    """

    language: Language
    trap: bool
    state: str
    message: str
    expected: str


def read_cases(folder: Path, name: str) -> tuple[Case, ...]:
    """Reads one set.

    Raises:
        ContentError: The file cannot be read, or a line of it is not a case.
    """
    path, columns = folder / f"{name}.tsv", SETS[name]
    cases = []
    for line in read_tsv(path, columns=2 + len(columns))[1:]:
        language, kind, *fields = line.fields
        values = dict(zip(columns, fields, strict=True))
        if language not in list(Language) or kind not in {"plain", "trap"}:
            raise data_fault(path, line.number, "needs a language, and `plain` or `trap`")
        before = values.get("before")
        cases.append(
            Case(
                language=Language(language),
                trap=kind == "trap",
                state=f"last:{before}" if before else values.get("state", ""),
                message=values["message"],
                expected=values["expected"],
            )
        )
    return tuple(cases)


def conversation_of(case: Case) -> Conversation:
    """The conversation a case begins from, with a known customer."""
    begun = Conversation(
        id="evaluate:case",
        channel="evaluate",
        sender="case",
        language=case.language,
        identity=Identity(subject="customer"),
        turns=1,
    )
    kind, _, about = case.state.partition(":")
    if kind == "task":
        return replace(begun, task=_task(about), asked_in=0, last_topic=topic_of(_TASK))
    if kind != "last":
        return begun
    name, _, product = about.partition("@")
    line = name.partition("/")[0] if "/" in name else ""
    loan = next((one.loan_id for one in open_loans() if one.product == product), "")
    return replace(begun, last_topic=topic_of(name), last_product=product or line, last_loan=loan)


def _task(asked: str) -> Task:
    question = Question(asked)
    choices = tuple(as_choice(loan) for loan in open_loans())
    state = EarlyRepayment()
    if question is not Question.WHICH_LOAN:
        state, choices = replace(state, loan=loan_ref(choices[0])), ()
    if question in {Question.CONFIRM_REPAY, Question.APPROVE_REPAY}:
        state = replace(state, amount=Sum(fen=AMOUNT_FEN), terms=_TERMS)
    if question is Question.APPROVE_REPAY:
        state = replace(state, agreed=True, page=_PAGE)
    before = NOW - timedelta(minutes=1)
    return Task(
        id="task",
        intent=_TASK,
        flow="repay_early",
        state=state,
        asked=Asked(question=question, choices=choices, at=before),
        begun_at=before,
    )
