"""The loans of a customer as choices, shared by the flows that need one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from servicebot.dialogue.pick import narrow_by_product, pick, pick_named, pick_other
from servicebot.dialogue.say import Day, Joined, Money, Numbered, Say, Term, Value
from servicebot.dialogue.steps import ask
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ListLoans
from servicebot.domain.bank_items import Loan
from servicebot.domain.bank_results import Loans
from servicebot.domain.task import Choice, EarlyRepayment, LoanRef, Named, OfLoan, Question, Task
from servicebot.domain.understanding import SlotKind

L = TypeVar("L", OfLoan, EarlyRepayment)


def open_loans(turn: TurnView) -> tuple[Loan, ...]:
    """The loans on which something is still owed, oldest first."""
    loans = turn.facts.ask(ListLoans(), Loans).items
    return tuple(sorted((n for n in loans if n.state != "settled"), key=_age))


def named_loans(named: Named, turn: TurnView) -> tuple[Loan, ...]:
    """The open loans, only those of the product, or at the place, the customer named."""
    loans = open_loans(turn)
    if named.product:
        return tuple(loan for loan in loans if loan.product == named.product)
    if named.place is None and not named.other:
        return loans
    choices = tuple(as_choice(loan) for loan in loans)
    picked = pick_named(choices, named, turn.conversation.last_loan)
    placed = tuple(loan for loan in loans if picked is not None and loan.loan_id == picked.id)
    return placed or loans


def choose_loan(state: L, task: Task, turn: TurnView) -> L | Outcome:
    """A step: the loan the task is about, asked for where several fit."""
    if state.loan is not None:
        return state
    loans = open_loans(turn)
    if not loans:
        return Outcome(says=(Say(reply="no_open_loan"),))
    choices = _without_left_aside(tuple(as_choice(loan) for loan in loans), turn)
    answer = turn.heard if task.question is Question.WHICH_LOAN else None
    slot = answer.slot(SlotKind.PRODUCT) if answer is not None else None
    fitting = narrow_by_product(
        choices, str(slot.value) if slot is not None else state.named.product
    )
    if not fitting:
        say, left = _other_product(loans), replace(state, named=replace(state.named, product=""))
        return ask(Question.WHICH_LOAN, left, task, turn, say, choices=choices)
    picked = fitting[0] if len(fitting) == 1 else _picked(state.named, task, turn, fitting)
    if picked is not None:
        return replace(state, loan=loan_ref(picked))
    say = _which(loans, fitting)
    return ask(Question.WHICH_LOAN, state, task, turn, say, choices=fitting)


def _without_left_aside(choices: tuple[Choice, ...], turn: TurnView) -> tuple[Choice, ...]:
    """The loans without the one that is said to be left alone, where others are left."""
    heard = turn.heard
    if heard is None or not heard.leaves_a_loan:
        return choices
    left = pick(choices, replace(heard, whole=replace(heard.whole, slots=heard.left_aside)))
    return tuple(one for one in choices if one != left) or choices


def tell_loans(named: Named, turn: TurnView) -> Outcome:
    """The open loans, of those named where any are, with what is still owed on each."""
    found = named_loans(named, turn) or open_loans(turn)
    if not found:
        return Outcome(says=(Say(reply="no_open_loan"),))
    rows = tuple((loan_title(loan), _owed(loan)) for loan in found)
    total = Money(sum(loan.outstanding_fen for loan in found))
    return Outcome(says=(Say(reply="loans", fields={"total": total}, rows=rows),))


def _owed(loan: Loan) -> Value:
    owed = Money(loan.outstanding_fen)
    return Joined((owed, Term("state_overdue"))) if loan.state == "overdue" else owed


def as_choice(loan: Loan) -> Choice:
    """A loan as something to pick; its label is its number, the product picks it too."""
    return Choice(
        id=loan.loan_id,
        label=loan.loan_id,
        product=loan.product,
        tail=loan.loan_id[-4:],
        size_fen=loan.outstanding_fen,
        opened_on=loan.opened_on,
    )


def loan_ref(choice: Choice) -> LoanRef:
    """The loan that was picked."""
    return LoanRef(id=choice.id, product=choice.product, opened_on=choice.opened_on)


def loan_title(loan: Loan) -> Value:
    """How a loan is named to the customer: its product and the day it was opened."""
    return title_of(loan.product, loan.opened_on)


def title_of(product: str, opened_on: date) -> Value:
    """How such a loan is named."""
    return Joined((Term(f"product_{product}"), Day(opened_on), Term("label_opened")))


def loan_rows(product: str, opened_on: date | None) -> tuple[tuple[Value, Value], ...]:
    """The row that says which loan is meant; none where only its product is known."""
    return ((Term("label_loan"), title_of(product, opened_on)),) if opened_on is not None else ()


def _picked(named: Named, task: Task, turn: TurnView, choices: tuple[Choice, ...]) -> Choice | None:
    shown = turn.conversation.last_loan
    if turn.heard is None or task.question not in {None, Question.WHICH_LOAN}:
        return pick_named(choices, named, shown)
    offered = tuple(c for c in task.choices if c.id in {choice.id for choice in choices})
    return pick_other(choices, shown, turn.heard) or pick(offered or choices, turn.heard)


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
