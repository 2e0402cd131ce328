"""Shows the bank's exact terms and waits for a plain yes to exactly these."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from servicebot.dialogue.loans import loan_rows
from servicebot.dialogue.repayment.amount import ask_amount, without_terms
from servicebot.dialogue.say import Money, Say, Term, Value, Words
from servicebot.dialogue.steps import ask, given
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ListAccounts, QuoteRepayment, ReadDue
from servicebot.domain.bank_results import Accounts, Due, Quote, Refused, Unreachable
from servicebot.domain.errors import RejectedError
from servicebot.domain.task import (
    AccountRef,
    Amount,
    DueNow,
    EarlyRepayment,
    LoanRef,
    Question,
    Sum,
    Task,
    Terms,
    WholeLoan,
)

# Refusals that name a bound: the reply of the same name, and the field it fills.
_BOUNDS: Final[Mapping[str, str]] = MappingProxyType(
    {"amount_too_large": "most", "amount_too_small": "least"}
)


def agree_terms(state: EarlyRepayment, task: Task, turn: TurnView) -> EarlyRepayment | Outcome:
    """A step: consent counts only for terms that were shown before it and still hold."""
    if state.agreed:
        return state
    if task.question is Question.CONFIRM_REPAY and turn.heard is not None:
        if turn.heard.plain_no:
            return Outcome(says=(Say(reply="repay_cancelled"),), given_up=True)
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
    loan = given(state.loan)
    fen = _fen_of(state.amount, loan, turn)
    if fen == 0:
        return ask_amount(state, task, turn, "amount_nothing_due")
    quote = turn.facts.try_ask(QuoteRepayment(loan_id=loan.id, amount_fen=fen), Quote)
    if isinstance(quote, Quote):
        return _too_low(state, task, turn, quote) or _confirm(state, task, turn, quote)
    return _refused(state, task, turn, quote)


def _fen_of(amount: Amount | None, loan: LoanRef, turn: TurnView) -> int | None:
    """The amount to ask the bank about; None is the whole loan."""
    match amount:
        case Sum(fen=fen):
            return fen
        case DueNow():
            return turn.facts.ask(ReadDue(loan_id=loan.id), Due).total_fen
        case WholeLoan():
            return None
        case None:
            raise RejectedError("Terms need an amount.")


def _too_low(state: EarlyRepayment, task: Task, turn: TurnView, quote: Quote) -> Outcome | None:
    """Says before the confirmation that the account does not hold enough."""
    accounts = turn.facts.ask(ListAccounts(), Accounts).items
    payer = next((a for a in accounts if a.account_id == quote.account_id), None)
    if payer is None or payer.available_fen >= quote.total_fen:
        return None
    fields: dict[str, Value] = {
        "total": Money(quote.total_fen),
        "tail": Words(quote.account_tail),
        "available": Money(payer.available_fen),
    }
    return ask_amount(state, task, turn, "balance_too_low", **fields)


def _confirm(state: EarlyRepayment, task: Task, turn: TurnView, quote: Quote) -> Outcome:
    terms = Terms(
        quote_id=quote.quote_id,
        total_fen=quote.total_fen,
        account=AccountRef(id=quote.account_id, tail=quote.account_tail),
        valid_until=quote.valid_until,
        fee_fen=quote.fee_fen,
    )
    shown = replace(state, terms=terms)
    loan = given(state.loan)
    rows: list[tuple[Value, Value]] = [
        *loan_rows(loan.product, loan.opened_on),
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
    code = why.code if isinstance(why, Refused) else ""
    limit = why.limit_fen if isinstance(why, Refused) else None
    if code in _BOUNDS:
        if limit is None:
            return ask_amount(state, task, turn, "amount_refused")
        return ask_amount(state, task, turn, code, **{_BOUNDS[code]: Money(limit)})
    if code == "nothing_owed":
        return Outcome(says=(Say(reply="nothing_owed"),))
    reply = "repay_still_unknown" if code == "loan_busy" else "repay_refused"
    return Outcome(says=(Say(reply=reply),))
