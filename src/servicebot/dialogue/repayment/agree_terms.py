"""Shows the bank's exact terms and waits for a plain yes to exactly these."""

from dataclasses import replace
from datetime import datetime

from servicebot.dialogue.repayment.amount import ALL_OF_IT, QUOTED
from servicebot.dialogue.say import Money, Say, Term, Value, Words
from servicebot.dialogue.steps import ask, forgotten, known
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import QuoteRepayment
from servicebot.domain.bank_results import Quote, Refused, Unreachable
from servicebot.domain.conversation import Task


def agree_terms(task: Task, turn: TurnView) -> Task | Outcome:
    """A step: consent counts only for terms that were shown before it and still hold."""
    if task.values.get("agreed"):
        return task
    if task.asked == "confirm_repay" and turn.heard is not None:
        if turn.heard.plain_no:
            return Outcome(says=(Say(reply="repay_cancelled"),))
        if turn.heard.plain_yes and _was_shown(task, turn) and _still_holds(task, turn):
            return known(task, agreed=1)
    return _show(task, turn)


def show_terms_again(task: Task, turn: TurnView, why: str) -> Outcome:
    """Forgets what was agreed, says why, and shows fresh terms in the same turn."""
    outcome = _show(forgotten(task, *QUOTED), turn)
    return replace(outcome, says=(Say(reply=why), *outcome.says))


def _was_shown(task: Task, turn: TurnView) -> bool:
    return task.asked_at is not None and turn.received_at >= task.asked_at


def _still_holds(task: Task, turn: TurnView) -> bool:
    return turn.now < datetime.fromisoformat(str(task.values["valid_until"]))


def _show(task: Task, turn: TurnView) -> Outcome:
    loan_id, busy = str(task.values["loan_id"]), turn.conversation.unsettled
    if loan_id in busy:
        return Outcome(says=(Say(reply="repay_still_unknown"),))
    amount = task.values["amount"]
    call = QuoteRepayment(loan_id=loan_id, amount_fen=None if amount == ALL_OF_IT else int(amount))
    quote = turn.facts.try_ask(call, Quote)
    if isinstance(quote, Quote):
        return _confirm(task, turn, quote)
    return _refused(task, turn, quote)


def _confirm(task: Task, turn: TurnView, quote: Quote) -> Outcome:
    shown = known(
        task,
        quote_id=quote.quote_id,
        total_fen=quote.total_fen,
        account_id=quote.account_id,
        account_tail=quote.account_tail,
        valid_until=quote.valid_until.isoformat(),
    )
    rows: list[tuple[Value, Value]] = [
        (Term("label_principal"), Money(quote.principal_fen)),
        (Term("label_interest"), Money(quote.interest_fen)),
    ]
    if quote.penalty_fen:
        rows.append((Term("label_penalty"), Money(quote.penalty_fen)))
    rows += [
        (Term("label_fee"), Money(quote.fee_fen)),
        (Term("label_total"), Money(quote.total_fen)),
        (Term("label_from_account"), Words(quote.account_tail)),
        (Term("label_left_after"), Money(quote.outstanding_after_fen)),
    ]
    fields: dict[str, Value] = {
        "product": Term(f"product_{quote.product}"),
        "total": Money(quote.total_fen),
        "tail": Words(quote.account_tail),
    }
    return ask(
        shown, turn, "confirm_repay", Say(reply="confirm_repay", fields=fields, rows=tuple(rows))
    )


def _refused(task: Task, turn: TurnView, why: Refused | Unreachable) -> Outcome:
    code = why.code if isinstance(why, Refused) else ""
    if code == "amount_too_large" and isinstance(why, Refused) and why.limit_fen is not None:
        say = Say(reply="amount_too_large", fields={"most": Money(why.limit_fen)})
        return ask(forgotten(task, "amount"), turn, "ask_amount", say)
    if code == "amount_too_small":
        return ask(forgotten(task, "amount"), turn, "ask_amount", Say(reply="amount_too_small"))
    if code == "nothing_owed":
        return Outcome(says=(Say(reply="nothing_owed"),))
    if code == "loan_busy":
        return Outcome(says=(Say(reply="repay_still_unknown"),))
    return Outcome(says=(Say(reply="repay_refused"),))
