"""The repayment schedule of one loan."""

from typing import Final

from servicebot.dialogue.loans import choose_loan
from servicebot.dialogue.say import Count, Day, Joined, Money, Say, Term, Value
from servicebot.dialogue.steps import given, run_steps
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ReadSchedule
from servicebot.domain.bank_results import Schedule
from servicebot.domain.task import OfLoan, Task

SHOWN: Final = 6


def schedule(state: OfLoan, task: Task, turn: TurnView) -> Outcome:
    """Asks for the loan where there are several, then shows the next installments."""
    return run_steps((choose_loan, _show), state, task, turn)


def _show(state: OfLoan, task: Task, turn: TurnView) -> Outcome:
    found = turn.facts.ask(ReadSchedule(loan_id=given(state.loan).id), Schedule)
    product = Term(f"product_{found.product}")
    open_ones = [part for part in found.installments if part.state != "paid"]
    if not open_ones:
        return Outcome(says=(Say(reply="schedule_empty", fields={"product": product}),))
    rows = tuple(
        (
            Day(part.due_on),
            Joined((Money(part.total_fen), Term("state_overdue")))
            if part.state == "overdue"
            else Money(part.total_fen),
        )
        for part in open_ones[:SHOWN]
    )
    fields: dict[str, Value] = {
        "product": product,
        "count": Count(len(open_ones)),
        "shown": Count(len(rows)),
        "total": Money(sum(part.total_fen for part in open_ones)),
    }
    return Outcome(says=(Say(reply="schedule", fields=fields, rows=rows),))
