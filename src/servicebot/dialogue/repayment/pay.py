"""Sends the repayment once and tells what became of it."""

import hashlib

from servicebot.dialogue.repayment.agree_terms import show_terms_again
from servicebot.dialogue.say import Money, Say, Term, Value, Words
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import Repay
from servicebot.domain.bank_results import Refused, Repayment, Unreachable
from servicebot.domain.conversation import Task


def pay(task: Task, turn: TurnView) -> Outcome:
    """The last step. An uncertain end is said plainly and blocks the loan until it is known."""
    values = task.values
    call = Repay(
        key=repayment_key(task),
        quote_id=str(values["quote_id"]),
        loan_id=str(values["loan_id"]),
        total_fen=int(values["total_fen"]),
        account_id=str(values["account_id"]),
        step_up_id=str(values["step_up_id"]),
    )
    result = turn.facts.try_ask(call, Repayment)
    if isinstance(result, Unreachable) or (
        isinstance(result, Repayment) and result.state == "processing"
    ):
        unsettled = {**turn.conversation.unsettled, call.loan_id: call.key}
        return Outcome(says=(_unknown(task),), unsettled=unsettled)
    if isinstance(result, Refused):
        return _refused(task, turn, result)
    return Outcome(says=(tell(result, str(values["product"])),))


def repayment_key(task: Task) -> str:
    """The idempotency key: the same for the same proposal, whatever is repeated."""
    return hashlib.sha256(f"{task.id}|{task.values['quote_id']}".encode()).hexdigest()[:40]


def tell(result: Repayment, product: str) -> Say:
    """What became of a repayment, in words."""
    fields: dict[str, Value] = {
        "product": Term(f"product_{product}"),
        "total": Money(result.total_fen),
        "left": Money(result.outstanding_fen),
        "receipt": Words(result.receipt_no or result.repayment_id),
    }
    return Say(reply="repay_done" if result.state == "succeeded" else "repay_failed", fields=fields)


def _unknown(task: Task) -> Say:
    return Say(reply="repay_unknown", fields={"total": Money(int(task.values["total_fen"]))})


def _refused(task: Task, turn: TurnView, refused: Refused) -> Outcome:
    if refused.code in {"quote_expired", "quote_changed", "step_up_mismatch", "step_up_missing"}:
        return show_terms_again(task, turn, "terms_changed")
    if refused.code == "insufficient_funds":
        fields: dict[str, Value] = {
            "total": Money(int(task.values["total_fen"])),
            "tail": Words(str(task.values["account_tail"])),
        }
        return Outcome(says=(Say(reply="insufficient_funds", fields=fields),))
    if refused.code == "loan_busy":
        return Outcome(says=(Say(reply="repay_still_unknown"),))
    return Outcome(says=(Say(reply="repay_refused"),))
