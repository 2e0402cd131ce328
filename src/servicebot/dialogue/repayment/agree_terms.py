"""Shows the bank's exact terms and waits for a plain yes to exactly these."""

from dataclasses import replace

from servicebot.dialogue.repayment.amount import without_terms
from servicebot.dialogue.say import Money, Say, Term, Value, Words
from servicebot.dialogue.steps import ask, given
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import QuoteRepayment
from servicebot.domain.bank_results import Quote, Refused, Unreachable
from servicebot.domain.task import AccountRef, EarlyRepayment, Question, Sum, Task, Terms


def agree_terms(state: EarlyRepayment, task: Task, turn: TurnView) -> EarlyRepayment | Outcome:
    """A step: consent counts only for terms that were shown before it and still hold."""
    if state.agreed:
        return state
    if task.question is Question.CONFIRM_REPAY and turn.heard is not None:
        if turn.heard.plain_no:
            return Outcome(says=(Say(reply="repay_cancelled"),))
        if turn.heard.plain_yes and _was_shown(task, turn) and _still_holds(state, turn):
            return replace(state, agreed=True)
    return _show(state, task, turn)


def show_terms_again(state: EarlyRepayment, task: Task, turn: TurnView, why: str) -> Outcome:
    """Forgets what was agreed, says why, and shows fresh terms in the same turn."""
    outcome = _show(without_terms(state), task, turn)
    return replace(outcome, says=(Say(reply=why), *outcome.says))


def _was_shown(task: Task, turn: TurnView) -> bool:
    return task.asked is not None and turn.received_at >= task.asked.at


def _still_holds(state: EarlyRepayment, turn: TurnView) -> bool:
    return state.terms is not None and turn.now < state.terms.valid_until


def _show(state: EarlyRepayment, task: Task, turn: TurnView) -> Outcome:
    loan, amount = given(state.loan), given(state.amount)
    if loan.id in turn.conversation.unsettled:
        return Outcome(says=(Say(reply="repay_still_unknown"),))
    fen = amount.fen if isinstance(amount, Sum) else None
    quote = turn.facts.try_ask(QuoteRepayment(loan_id=loan.id, amount_fen=fen), Quote)
    if isinstance(quote, Quote):
        return _confirm(state, task, turn, quote)
    return _refused(state, task, turn, quote)


def _confirm(state: EarlyRepayment, task: Task, turn: TurnView, quote: Quote) -> Outcome:
    terms = Terms(
        quote_id=quote.quote_id,
        total_fen=quote.total_fen,
        account=AccountRef(id=quote.account_id, tail=quote.account_tail),
        valid_until=quote.valid_until,
    )
    shown = replace(state, terms=terms)
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
    say = Say(reply="confirm_repay", fields=fields, rows=tuple(rows))
    return ask(Question.CONFIRM_REPAY, shown, task, turn, say)


def _refused(
    state: EarlyRepayment, task: Task, turn: TurnView, why: Refused | Unreachable
) -> Outcome:
    unknown = replace(state, amount=None)
    code = why.code if isinstance(why, Refused) else ""
    if code == "amount_too_large" and isinstance(why, Refused) and why.limit_fen is not None:
        say = Say(reply="amount_too_large", fields={"most": Money(why.limit_fen)})
        return ask(Question.AMOUNT, unknown, task, turn, say)
    if code == "amount_too_small":
        return ask(Question.AMOUNT, unknown, task, turn, Say(reply="amount_too_small"))
    if code == "nothing_owed":
        return Outcome(says=(Say(reply="nothing_owed"),))
    if code == "loan_busy":
        return Outcome(says=(Say(reply="repay_still_unknown"),))
    return Outcome(says=(Say(reply="repay_refused"),))
