"""What is in the customer's accounts."""

from collections.abc import Iterable

from servicebot.dialogue.accounts import account_title
from servicebot.dialogue.say import Money, Say, Value, Words
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ListAccounts
from servicebot.domain.bank_items import Account
from servicebot.domain.bank_results import Accounts
from servicebot.domain.task import Lookup, Task


def balance(state: Lookup, task: Task, turn: TurnView) -> Outcome:
    """Tells the available balance of the account that was named, else of every account at once."""
    accounts = turn.facts.ask(ListAccounts(), Accounts).items
    if not accounts:
        return Outcome(says=(Say(reply="no_account"),))
    tail = state.named.tail
    named = [account for account in accounts if account.tail == tail]
    if tail and not named:
        fields: dict[str, Value] = {"tail": Words(tail)}
        return Outcome(says=(Say(reply="balance_of_others", fields=fields, rows=_rows(accounts)),))
    return Outcome(says=(Say(reply="balance", rows=_rows(named or accounts)),))


def _rows(accounts: Iterable[Account]) -> tuple[tuple[Value, Value], ...]:
    return tuple((account_title(account), Money(account.available_fen)) for account in accounts)
