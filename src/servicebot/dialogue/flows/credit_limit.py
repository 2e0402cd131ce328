"""The customer's credit limits."""

from servicebot.dialogue.say import Money, Say, Term, Value
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ListLimits
from servicebot.domain.bank_items import Limit
from servicebot.domain.bank_results import Limits
from servicebot.domain.task import Lookup, Task


def credit_limit(state: Lookup, task: Task, turn: TurnView) -> Outcome:
    """Shows what is still available; a frozen or closed limit says so, with its reason."""
    limits = turn.facts.ask(ListLimits(), Limits).items
    product = state.named.product
    limits = tuple(limit for limit in limits if limit.product == product) or limits
    if not limits:
        return Outcome(says=(Say(reply="no_limit"),))
    return Outcome(says=tuple(_tell(limit) for limit in limits))


def _tell(limit: Limit) -> Say:
    product = Term(f"product_{limit.product}")
    if limit.state != "open":
        reason = Term(f"limit_reason_{limit.reason_code or 'overall'}")
        return Say(reply=f"limit_{limit.state}", fields={"product": product, "reason": reason})
    rows = (
        (Term("label_limit_total"), Money(limit.total_fen)),
        (Term("label_used"), Money(limit.used_fen)),
    )
    fields: dict[str, Value] = {"product": product, "available": Money(limit.available_fen)}
    return Say(reply="limit_open", fields=fields, rows=rows)
