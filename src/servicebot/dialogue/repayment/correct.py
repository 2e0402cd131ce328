"""A later message changes the amount, the loan or the day of a repayment in hand."""

from dataclasses import replace
from typing import Final

from servicebot.dialogue.loans import as_choice, loan_ref, open_loans
from servicebot.dialogue.pick import named_by, pick, pick_other
from servicebot.dialogue.repayment.amount import (
    ask_amount,
    names_account,
    read_here,
    without_terms,
)
from servicebot.dialogue.repayment.read_amount import (
    Unclear,
    is_short,
    later_day,
    read_amount,
    tells_the_past,
)
from servicebot.dialogue.say import Say
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.task import Amount, Choice, EarlyRepayment, Question, Sum, Task
from servicebot.domain.understanding import SlotKind

TAKES_AMOUNT: Final = frozenset(
    {Question.WHICH_LOAN, Question.AMOUNT, Question.CONFIRM_REPAY, Question.APPROVE_REPAY}
)
_BY: Final = frozenset({Mark.MORE_BY, Mark.LESS_BY})


def correct(state: EarlyRepayment, task: Task, turn: TurnView) -> EarlyRepayment | Outcome:
    """A step: a new amount or another loan in a later message replaces the old one.

    Whatever was quoted, agreed or approved for the old value is forgotten, so the new terms are
    shown before anything moves; what was not taken back holds. Words about the past change
    nothing, nor does a long message once terms were shown.
    """
    heard = turn.heard
    if heard is None or not may_change(task, heard) or names_account(task, heard, turn):
        return state
    if heard.leaves_a_loan and state.loan is not None:
        return _left_alone(state, turn, heard)
    if task.question is Question.WHICH_LOAN:  # a bare number that picks a loan is no amount
        return _with_amount(state, heard, asked=pick(task.choices, heard) is None)
    both = Mark.BOTH in heard.whole.marks  # 第二笔也要还 takes the second one beside, not instead
    other = None if both else _other_loan(state, turn, heard)
    if other is not None and (state.loan is None or other.id != state.loan.id):
        moved = replace(without_terms(state), loan=loan_ref(other))
        return _with_amount(moved, heard, asked=False)
    return _other_amount(state, task, turn, heard)


def _other_amount(
    state: EarlyRepayment, task: Task, turn: TurnView, heard: Heard
) -> EarlyRepayment | Outcome:
    read = read_here(heard, turn, asked=True)
    if read is Unclear.HALF and isinstance(state.amount, Sum):
        read = Sum(fen=state.amount.fen // 2)
    if isinstance(read, Unclear):
        return ask_amount(replace(without_terms(state), amount=None), task, turn, read)
    if isinstance(read, Sum) and not _BY.isdisjoint(heard.whole.marks):
        read = _beside(state.amount, read, heard)
    if isinstance(read, Unclear):
        return ask_amount(replace(without_terms(state), amount=None), task, turn, read)
    if read is None or read == state.amount:
        return state
    later_on = later_day(heard, turn.today)
    return replace(without_terms(state), amount=read, later_on=later_on)


def _beside(before: Amount | None, said: Sum, heard: Heard) -> Amount | Unclear:
    """The amount where so much more or less was said than before: 多还100."""
    if before is None:
        return said
    more = Mark.MORE_BY in heard.whole.marks
    if not isinstance(before, Sum) or (not more and said.fen >= before.fen):
        return Unclear.OTHER
    return Sum(fen=before.fen + said.fen if more else before.fen - said.fen)


def _left_alone(state: EarlyRepayment, turn: TurnView, heard: Heard) -> EarlyRepayment | Outcome:
    """Ends the repayment of a loan that is to be left alone; another loan changes nothing."""
    choices = tuple(as_choice(loan) for loan in open_loans(turn))
    left = pick(choices, replace(heard, whole=replace(heard.whole, slots=heard.left_aside)))
    if left is None or state.loan is None or left.id != state.loan.id:
        return state
    return Outcome(says=(Say(reply="repay_cancelled"),), given_up=True)


def _with_amount(state: EarlyRepayment, heard: Heard, *, asked: bool) -> EarlyRepayment:
    """The state with the amount that is said beside a loan, where one is."""
    read = read_amount(heard, asked=asked)
    return state if read is None or isinstance(read, Unclear) else replace(state, amount=read)


def may_change(task: Task, heard: Heard) -> bool:
    """Whether a message may change what a repayment is about, from its state and its form."""
    repays = isinstance(task.state, EarlyRepayment)
    if not repays or task.question not in TAKES_AMOUNT or tells_the_past(heard):
        return False
    return task.question is Question.AMOUNT or is_short(heard)


def _other_loan(state: EarlyRepayment, turn: TurnView, heard: Heard) -> Choice | None:
    placed = heard.slot(SlotKind.ORDINAL) or heard.slot(SlotKind.PRODUCT)
    by = named_by(heard.whole.marks)
    if placed is None and by is None and Mark.THE_OTHER not in heard.whole.marks:
        return None
    choices = tuple(as_choice(loan) for loan in open_loans(turn))
    taken = state.loan.id if state.loan is not None else ""
    return pick_other(choices, taken, heard) or pick(choices, heard)
