"""The loans of a customer as choices, shared by the flows that need one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from servicebot.dialogue.pick import narrow_by_product, pick, pick_other
from servicebot.dialogue.say import Day, Joined, Money, Numbered, Say, Term, Value
from servicebot.dialogue.steps import ask
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ListLoans
from servicebot.domain.bank_items import Loan
from servicebot.domain.bank_results import Loans
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.task import Choice, EarlyRepayment, LoanRef, OfLoan, Question, Task
from servicebot.domain.understanding import SlotKind

L = TypeVar("L", OfLoan, EarlyRepayment)


def open_loans(turn: TurnView) -> tuple[Loan, ...]:
    """The loans on which something is still owed, oldest first."""
    loans = turn.facts.ask(ListLoans(), Loans).items
    return tuple(sorted((n for n in loans if n.state != "settled"), key=_age))


def named_loans(turn: TurnView) -> tuple[Loan, ...]:
    """The open loans, only those of the product, or at the place, the customer named."""
    loans = open_loans(turn)
    if turn.heard is None:
        return loans
    slot = turn.heard.slot(SlotKind.PRODUCT)
    if slot is not None:
        return tuple(loan for loan in loans if loan.product == slot.value)
    placed = _placed(loans, turn, turn.heard)
    return loans if placed is None else (placed,)


def _placed(loans: tuple[Loan, ...], turn: TurnView, heard: Heard) -> Loan | None:
    """The loan of 第二笔 or 另一笔; 第二个月 is a place among months."""
    slot = heard.slot(SlotKind.ORDINAL)
    of_months = Mark.MONTH_PLACE in heard.whole.marks
    choices = tuple(as_choice(loan) for loan in loans)
    picked = pick_other(choices, turn.conversation.last_loan, heard)
    if picked is None and slot is not None and not of_months:
        picked = pick(choices, heard)
    return next((n for n in loans if picked is not None and n.loan_id == picked.id), None)


def choose_loan(state: L, task: Task, turn: TurnView) -> L | Outcome:
    """A step: the loan the task is about, asked for where several fit."""
    if state.loan is not None:
        return state
    loans = open_loans(turn)
    if not loans:
        return Outcome(says=(Say(reply="no_open_loan"),))
    choices = tuple(as_choice(loan) for loan in loans)
    fitting = narrow_by_product(choices, turn.heard) if turn.heard is not None else choices
    if not fitting:
        say = _other_product(loans)
        return ask(Question.WHICH_LOAN, state, task, turn, say, choices=choices)
    picked = fitting[0] if len(fitting) == 1 else _picked(task, turn, fitting)
    if picked is not None:
        return replace(state, loan=loan_ref(picked))
    say = _which(loans, fitting)
    return ask(Question.WHICH_LOAN, state, task, turn, say, choices=fitting)


def as_choice(loan: Loan) -> Choice:
    """A loan as something to pick; its label is its number, the product picks it too."""
    return Choice(id=loan.loan_id, label=loan.loan_id, product=loan.product, tail=loan.loan_id[-4:])


def loan_ref(choice: Choice) -> LoanRef:
    """The loan that was picked."""
    return LoanRef(id=choice.id, product=choice.product)


def loan_title(loan: Loan) -> Value:
    """How a loan is named to the customer: its product and the day it was opened."""
    return Joined((Term(f"product_{loan.product}"), Day(loan.opened_on), Term("label_opened")))


def _picked(task: Task, turn: TurnView, choices: tuple[Choice, ...]) -> Choice | None:
    if turn.heard is None:
        return None
    offered = tuple(c for c in task.choices if c.id in {choice.id for choice in choices})
    other = pick_other(choices, turn.conversation.last_loan, turn.heard)
    return other or pick(offered or choices, turn.heard)


def _which(loans: tuple[Loan, ...], fitting: tuple[Choice, ...]) -> Say:
    shown = [loan for loan in loans if loan.loan_id in {choice.id for choice in fitting}]
    return Say(
        reply="ask_which_loan",
        rows=tuple((loan_title(loan), Money(loan.outstanding_fen)) for loan in shown),
        choices=_numbered(shown),
    )


def _numbered(loans: Sequence[Loan]) -> tuple[Numbered, ...]:
    return tuple(Numbered(loan_title(loan), place) for place, loan in enumerate(loans, 1))


def _other_product(loans: tuple[Loan, ...]) -> Say:
    return Say(
        reply="no_loan_of_product",
        rows=tuple((loan_title(loan), Money(loan.outstanding_fen)) for loan in loans),
        choices=_numbered(loans),
    )


def _age(loan: Loan) -> tuple[str, str]:
    return loan.opened_on.isoformat(), loan.loan_id
