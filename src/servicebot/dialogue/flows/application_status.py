"""Where the customer's loan applications stand."""

from dataclasses import replace
from typing import Final

from servicebot.dialogue.loans import open_loans, tell_loans
from servicebot.dialogue.say import Day, Money, Say, Term, Value
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ListApplications
from servicebot.domain.bank_items import Application
from servicebot.domain.bank_results import Applications
from servicebot.domain.task import Lookup, Named, Task

_SHOWN: Final = 3


def application_status(state: Lookup, task: Task, turn: TurnView) -> Outcome:
    """Tells each application's state, with what the bank allows to be told about it."""
    found = _named(state.named, turn.facts.ask(ListApplications(), Applications).items)
    if not found:
        return _without_any(turn)
    products = {application.product for application in found[:_SHOWN]}
    return Outcome(
        says=tuple(_tell(application) for application in found[:_SHOWN]),
        product=products.pop() if len(products) == 1 else "",
    )


def _without_any(turn: TurnView) -> Outcome:
    """Who has loans and no application rather asks about the loans: they are told too."""
    none = Say(reply="no_application")
    if not open_loans(turn):
        return Outcome(says=(none,))
    told = tell_loans(Named(), turn)
    return replace(told, says=(none, *told.says))


def _named(named: Named, found: tuple[Application, ...]) -> tuple[Application, ...]:
    return tuple(a for a in found if a.product == named.product) or found


def _tell(application: Application) -> Say:
    fields: dict[str, Value] = {
        "product": Term(f"product_{application.product}"),
        "submitted_on": Day(application.submitted_on),
        "amount": Money(application.amount_fen),
    }
    rows: list[tuple[Value, Value]] = []
    if application.state == "declined":
        reason = application.reason_code or "overall"
        fields["reason"] = Term(f"decline_{reason}")
        if application.reapply_on is not None:
            rows.append((Term("label_reapply_on"), Day(application.reapply_on)))
    rows += [(Term("label_missing"), Term(f"document_{code}")) for code in application.missing]
    return Say(reply=f"application_{application.state}", fields=fields, rows=tuple(rows))
