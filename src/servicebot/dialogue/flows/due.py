"""What is due next on the customer's loans."""

from servicebot.dialogue.loans import as_choice, loan_ref, loan_title, named_loans, open_loans
from servicebot.dialogue.say import Count, Day, Joined, Money, Say, Term, Value, Words
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ReadDue
from servicebot.domain.bank_items import Loan
from servicebot.domain.bank_results import Due
from servicebot.domain.task import Lookup, Task


def due(state: Lookup, task: Task, turn: TurnView) -> Outcome:
    """Tells all that is due at once, or only the product or the loan the customer named."""
    loans = named_loans(state.named, turn) or open_loans(turn)
    if not loans:
        return Outcome(says=(Say(reply="no_open_loan"),))
    asked = turn.facts.ask_all([ReadDue(loan_id=loan.loan_id) for loan in loans], Due)
    dues = [(loan, found) for loan, found in zip(loans, asked, strict=True) if found.total_fen]
    if not dues:
        return Outcome(says=(Say(reply="nothing_due"),))
    if len(dues) == 1:
        loan, found = dues[0]
        return Outcome(says=(_one(found),), loan=loan_ref(as_choice(loan)))
    total = Money(sum(found.total_fen for _, found in dues))
    rows = tuple((_title(loan, found), _amount(found)) for loan, found in dues)
    return Outcome(says=(Say(reply="due_several", fields={"total": total}, rows=rows),))


def _one(found: Due) -> Say:
    fields: dict[str, Value] = {
        "product": Term(f"product_{found.product}"),
        "total": Money(found.total_fen),
        "tail": Words(found.account_tail),
    }
    rows: list[tuple[Value, Value]] = [
        (Term("label_principal"), Money(found.principal_fen)),
        (Term("label_interest"), Money(found.interest_fen)),
    ]
    if found.due_on is not None:
        fields["due_on"] = Day(found.due_on)
    if not found.overdue_days:
        return Say(reply="due_one", fields=fields, rows=tuple(rows))
    fields["days"] = Count(found.overdue_days)
    rows.append((Term("label_penalty"), Money(found.penalty_fen)))
    return Say(reply="due_overdue", fields=fields, rows=tuple(rows))


def _title(loan: Loan, found: Due) -> Value:
    """The product and the day it is due; two loans of one product differ by their amount."""
    if found.due_on is None:
        return loan_title(loan)
    return Joined((Term(f"product_{found.product}"), Day(found.due_on)))


def _amount(found: Due) -> Value:
    if found.overdue_days:
        return Joined((Money(found.total_fen), Term("state_overdue")))
    return Money(found.total_fen)
