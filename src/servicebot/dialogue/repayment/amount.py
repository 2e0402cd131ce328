"""How much to repay: asked for with the figures that help to decide."""

from dataclasses import replace

from servicebot.dialogue.loans import open_loans
from servicebot.dialogue.repayment.read_amount import Unclear, read_amount
from servicebot.dialogue.say import Money, Say, Term, Value
from servicebot.dialogue.steps import ask, given
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import QuoteRepayment, ReadDue
from servicebot.domain.bank_results import Due, Quote
from servicebot.domain.heard import Heard
from servicebot.domain.task import Amount, EarlyRepayment, Question, Task, WholeLoan


def choose_amount(state: EarlyRepayment, task: Task, turn: TurnView) -> EarlyRepayment | Outcome:
    """A step: the amount, from the first message or asked for."""
    if given(state.loan).id in turn.conversation.unsettled:
        return Outcome(says=(Say(reply="repay_still_unknown"),))
    if state.amount is not None:
        return state
    read = read_here(turn.heard, turn, asked=False) if turn.heard is not None else None
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


def without_terms(state: EarlyRepayment) -> EarlyRepayment:
    """The state before any terms were shown for this loan and amount."""
    return replace(state, terms=None, agreed=False, page=None)
