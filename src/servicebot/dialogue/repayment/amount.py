"""How much to repay: all of it, or an amount in fen."""

from dataclasses import replace

from servicebot.dialogue.loans import as_choice, loan_ref, open_loans
from servicebot.dialogue.pick import pick, pick_other
from servicebot.dialogue.say import Say
from servicebot.dialogue.steps import ask
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.task import Amount, Choice, EarlyRepayment, Question, Sum, Task, WholeLoan
from servicebot.domain.understanding import SlotKind


def choose_amount(state: EarlyRepayment, task: Task, turn: TurnView) -> EarlyRepayment | Outcome:
    """A step: the amount, from the first message or asked for."""
    if state.amount is not None:
        return state
    amount = named_amount(turn.heard) if turn.heard is not None else None
    if amount is not None:
        return replace(state, amount=amount)
    return ask(Question.AMOUNT, state, task, turn, Say(reply="ask_amount"))


def correct(state: EarlyRepayment, task: Task, turn: TurnView) -> EarlyRepayment:
    """A step: a new amount or another loan in a later message replaces the old one.

    Whatever was quoted, agreed or approved for the old value is forgotten, so the new terms are
    shown before anything moves.
    """
    if turn.heard is None or task.question in {None, Question.WHICH_LOAN}:
        return state
    other = _other_loan(state, turn, turn.heard)
    if other is not None and (state.loan is None or other.id != state.loan.id):
        return replace(without_terms(state), loan=loan_ref(other), amount=None)
    amount = named_amount(turn.heard)
    if amount is None or amount == state.amount:
        return state
    return replace(without_terms(state), amount=amount)


def without_terms(state: EarlyRepayment) -> EarlyRepayment:
    """The state before any terms were shown for this loan and amount."""
    return replace(state, terms=None, agreed=False, page=None)


def _other_loan(state: EarlyRepayment, turn: TurnView, heard: Heard) -> Choice | None:
    placed = heard.slot(SlotKind.ORDINAL) or heard.slot(SlotKind.PRODUCT)
    if placed is None and Mark.THE_OTHER not in heard.whole.marks:
        return None
    choices = tuple(as_choice(loan) for loan in open_loans(turn))
    taken = state.loan.id if state.loan is not None else ""
    return pick_other(choices, taken, heard) or pick(choices, heard)


def named_amount(heard: Heard) -> Amount | None:
    """The amount the words name: a sum, all of it, or none."""
    money = heard.slot(SlotKind.MONEY)
    if money is not None and isinstance(money.value, int) and money.value > 0:
        return Sum(fen=money.value)
    return WholeLoan() if Mark.THE_WHOLE in heard.whole.marks else None
