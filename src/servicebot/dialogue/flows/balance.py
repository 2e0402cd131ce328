"""What is in the customer's accounts."""

from servicebot.dialogue.accounts import account_title
from servicebot.dialogue.say import Money, Say
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ListAccounts
from servicebot.domain.bank_results import Accounts
from servicebot.domain.task import Lookup, Task


def balance(state: Lookup, task: Task, turn: TurnView) -> Outcome:
    """Tells the available balance of every account at once; there is nothing to ask."""
    accounts = turn.facts.ask(ListAccounts(), Accounts).items
    if not accounts:
        return Outcome(says=(Say(reply="no_account"),))
    rows = tuple((account_title(account), Money(account.available_fen)) for account in accounts)
    return Outcome(says=(Say(reply="balance", rows=rows),))
