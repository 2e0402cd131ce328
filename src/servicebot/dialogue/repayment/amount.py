"""How much to repay: asked for with the figures that help to decide."""

from dataclasses import replace
from typing import Final

from servicebot.dialogue.loans import open_loans
from servicebot.dialogue.repayment.read_amount import Unclear, read_amount
from servicebot.dialogue.say import Money, Say, Term, Value
from servicebot.dialogue.steps import ask, given
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ListAccounts, QuoteRepayment, ReadDue
from servicebot.domain.bank_results import Accounts, Due, Quote
from servicebot.domain.heard import Heard
from servicebot.domain.squeeze import squeeze
from servicebot.domain.task import Amount, EarlyRepayment, Question, Task, WholeLoan
from servicebot.domain.understanding import SlotKind

_TAIL_DIGITS: Final = 4


def choose_amount(state: EarlyRepayment, task: Task, turn: TurnView) -> EarlyRepayment | Outcome:
    """A step: the amount, from the first message or asked for."""
    if given(state.loan).id in turn.conversation.unsettled:
        return Outcome(says=(Say(reply="repay_still_unknown"),))
    if state.amount is not None:
        return state
    heard = turn.heard
    named = heard is not None and not names_account(task, heard, turn)
    read = read_here(heard, turn, asked=False) if heard is not None and named else None
    if isinstance(read, Unclear):
        return ask_amount(state, task, turn, read)
    if read is not None:
        return replace(state, amount=read)
    return ask_amount(state, task, turn, "ask_amount")


def read_here(heard: Heard, turn: TurnView, *, asked: bool) -> Amount | Unclear | None:
    """The amount the words name; all loans of a customer who has one are the whole of it."""
    read = read_amount(heard, asked=asked)
    return WholeLoan() if read is Unclear.BOTH and len(open_loans(turn)) == 1 else read


def ask_amount(
    state: EarlyRepayment, task: Task, turn: TurnView, reply: str, **fields: Value
) -> Outcome:
    """Asks how much: what is due, what closes the loan and the least amount stand under it."""
    loan = given(state.loan)
    due = turn.facts.ask(ReadDue(loan_id=loan.id), Due)
    payoff = turn.facts.try_ask(QuoteRepayment(loan_id=loan.id, amount_fen=None), Quote)
    rows: list[tuple[Value, Value]] = []
    if due.total_fen:
        rows.append((Term("label_due_now"), Money(due.total_fen)))
    if isinstance(payoff, Quote):
        rows.append((Term("label_payoff"), Money(payoff.total_fen)))
        if payoff.min_fen is not None:
            rows.append((Term("label_least"), Money(payoff.min_fen)))
    choices = (Term("label_repay_due"),) if due.total_fen else ()
    say = Say(reply=reply, fields=fields, rows=tuple(rows), choices=choices)
    unknown = replace(without_terms(state), amount=None)
    return ask(Question.AMOUNT, unknown, task, turn, say)


def names_account(task: Task, heard: Heard, turn: TurnView) -> bool:
    """Whether a number is rather the last digits of one of the customer's accounts: 扣6699的.

    Where an amount is asked for, a number alone is one.
    """
    if task.question is Question.AMOUNT and squeeze(heard.whole.text).isdecimal():
        return False
    bare = {s.text for s in heard.whole.slots if s.kind is SlotKind.MONEY}
    said = {text for text in bare if text.isdecimal() and len(text) == _TAIL_DIGITS}
    return bool(said) and not said.isdisjoint(
        account.tail for account in turn.facts.ask(ListAccounts(), Accounts).items
    )


def without_terms(state: EarlyRepayment) -> EarlyRepayment:
    """The state before any terms were shown for this loan and amount."""
    return replace(state, terms=None, agreed=False, page=None)
