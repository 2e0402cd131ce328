"""The customer's wealth products; the issuer is always named, advice is never given."""

from servicebot.dialogue.say import Day, Joined, Money, Say, Term, Value, Words
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ListHoldings
from servicebot.domain.bank_items import Holding
from servicebot.domain.bank_results import Holdings
from servicebot.domain.task import Lookup, Task


def holdings(state: Lookup, task: Task, turn: TurnView) -> Outcome:
    """Shows every product with its issuer, and when a redemption arrives."""
    found = turn.facts.ask(ListHoldings(), Holdings).items
    if not found:
        return Outcome(says=(Say(reply="no_holdings"),))
    rows = tuple((_title(holding), _value(holding)) for holding in found)
    return Outcome(says=(Say(reply="holdings", rows=rows),))


def _title(holding: Holding) -> Value:
    return Joined((Words(holding.name), Words(f"({holding.issuer})")))


def _value(holding: Holding) -> Value:
    parts: list[Value] = [Money(holding.value_fen)]
    if holding.state == "redeeming":
        parts.append(Term("state_redeeming"))
        if holding.arrives_on is not None:
            parts.append(Day(holding.arrives_on))
    return Joined(tuple(parts))
