"""An overview of the customer's loans."""

from servicebot.dialogue.loans import loan_title, named_loans, open_loans
from servicebot.dialogue.say import Joined, Money, Say, Term
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.task import Lookup, Task


def loans(state: Lookup, task: Task, turn: TurnView) -> Outcome:
    """Shows every open loan with what is still owed."""
    found = named_loans(state.named, turn) or open_loans(turn)
    if not found:
        return Outcome(says=(Say(reply="no_open_loan"),))
    rows = tuple(
        (
            loan_title(loan),
            Joined((Money(loan.outstanding_fen), Term("state_overdue")))
            if loan.state == "overdue"
            else Money(loan.outstanding_fen),
        )
        for loan in found
    )
    total = Money(sum(loan.outstanding_fen for loan in found))
    return Outcome(says=(Say(reply="loans", fields={"total": total}, rows=rows),))
