"""Which banks lend the customer's money, and how much each, to the fen."""

from servicebot.dialogue.loans import choose_loan
from servicebot.dialogue.say import Joined, Money, Percent, Say, Term, Value, Words
from servicebot.dialogue.steps import given, run_steps
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ReadLenders
from servicebot.domain.bank_results import Lenders
from servicebot.domain.task import OfLoan, Task


def lenders(state: OfLoan, task: Task, turn: TurnView) -> Outcome:
    """Asks for the loan where there are several, then shows its lenders."""
    return run_steps((choose_loan, _show), state, task, turn)


def _show(state: OfLoan, task: Task, turn: TurnView) -> Outcome:
    found = turn.facts.ask(ReadLenders(loan_id=given(state.loan).id), Lenders)
    rows = tuple(
        (Joined((Words(part.name), Percent(part.share_ppm))), Money(part.outstanding_fen))
        for part in found.lenders
    )
    fields: dict[str, Value] = {
        "product": Term(f"product_{found.product}"),
        "total": Money(found.outstanding_fen),
    }
    return Outcome(says=(Say(reply="lenders", fields=fields, rows=rows),))
