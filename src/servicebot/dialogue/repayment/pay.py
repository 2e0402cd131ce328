"""Sends the repayment once and tells what became of it."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Final

from servicebot.dialogue.loans import loan_rows
from servicebot.dialogue.repayment.agree_terms import show_terms_again
from servicebot.dialogue.say import Money, Receipt, Say, Term, Value, Words
from servicebot.dialogue.steps import given
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import Repay
from servicebot.domain.bank_results import Refused, Repayment, Unreachable
from servicebot.domain.refusals import KEY_VOIDED, LOAN_BUSY
from servicebot.domain.task import EarlyRepayment, Task, Terms

_FAILURES: Final = frozenset({"core_rejected", "insufficient_funds"})


def pay(state: EarlyRepayment, task: Task, turn: TurnView) -> Outcome:
    """The last step. An uncertain end is said plainly and blocks the loan until it is known."""
    loan, terms = given(state.loan), given(state.terms)
    call = Repay(
        key=repayment_key(task, terms),
        quote_id=terms.quote_id,
        loan_id=loan.id,
        total_fen=terms.total_fen,
        account_id=terms.account.id,
        step_up_id=given(state.page).step_up_id,
        product=loan.product,
        opened_on=loan.opened_on,
    )
    result = turn.facts.try_ask(call, Repayment)
    if isinstance(result, Unreachable) or (
        isinstance(result, Repayment) and result.state == "processing"
    ):
        unsettled = {**turn.conversation.unsettled, call.loan_id: call.key}
        return Outcome(says=(_unknown(terms),), unsettled=unsettled)
    if isinstance(result, Refused):
        return replace(_refused(state, task, turn, result), told_move=call.key)
    return Outcome(says=(tell(result, loan.product, loan.opened_on),), told_move=call.key)


def repayment_key(task: Task, terms: Terms) -> str:
    """The idempotency key: the same for the same proposal, whatever is repeated."""
    return hashlib.sha256(f"{task.id}|{terms.quote_id}".encode()).hexdigest()[:40]


def key_of(task: Task) -> str:
    """The key of the repayment that a task would send; empty where it has no terms yet."""
    state = task.state
    if not isinstance(state, EarlyRepayment) or state.terms is None:
        return ""
    return repayment_key(task, state.terms)


def tell(result: Repayment, product: str, opened_on: date | None) -> Say:
    """What became of a repayment, in words."""
    fields: dict[str, Value] = {
        "product": Term(f"product_{product}"),
        "total": Money(result.total_fen),
        "left": Money(result.outstanding_fen),
        "receipt": Receipt(result.receipt_no or result.repayment_id),
    }
    if result.state == "succeeded":
        rows = loan_rows(product, opened_on)
        return Say(reply="repay_done", fields=fields, rows=rows)
    why = result.failure_code if result.failure_code in _FAILURES else "other"
    fields["reason"] = Term(f"repay_failure_{why}")
    return Say(reply="repay_failed", fields=fields)


def _unknown(terms: Terms) -> Say:
    return Say(reply="repay_unknown", fields={"total": Money(terms.total_fen)})


def _refused(state: EarlyRepayment, task: Task, turn: TurnView, refused: Refused) -> Outcome:
    terms = given(state.terms)
    if refused.code in {"quote_expired", "quote_changed", "step_up_mismatch", "step_up_missing"}:
        return show_terms_again(state, task, turn, "terms_changed")
    if refused.code == "insufficient_funds":
        fields: dict[str, Value] = {
            "total": Money(terms.total_fen),
            "tail": Words(terms.account.tail),
        }
        return Outcome(says=(Say(reply="insufficient_funds", fields=fields),))
    if refused.code == KEY_VOIDED:
        return Outcome(says=(Say(reply="repay_not_done"),))
    if refused.code == LOAN_BUSY:
        return Outcome(says=(Say(reply="repay_still_unknown"),))
    return Outcome(says=(Say(reply="repay_refused"),))
