"""The newest transactions of one account."""

from typing import Final

from servicebot.dialogue.accounts import choose_account
from servicebot.dialogue.say import Foreign, Joined, Moment, Money, Say, Words
from servicebot.dialogue.steps import given, run_steps
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ListTransactions
from servicebot.domain.bank_results import Transactions
from servicebot.domain.task import OfAccount, Task

SHOWN: Final = 5


def transactions(state: OfAccount, task: Task, turn: TurnView) -> Outcome:
    """Asks for the account where there are several, then shows its newest lines."""
    return run_steps((choose_account, _show), state, task, turn)


def _show(state: OfAccount, task: Task, turn: TurnView) -> Outcome:
    account = given(state.account)
    call = ListTransactions(account_id=account.id, limit=SHOWN)
    found = turn.facts.ask(call, Transactions).items[:SHOWN]
    tail = Words(account.tail)
    if not found:
        return Outcome(says=(Say(reply="no_transactions", fields={"tail": tail}),))
    rows = tuple(
        (Joined((Moment(line.posted_at), Foreign(line.counterparty))), Money(line.amount_fen))
        for line in found
    )
    return Outcome(says=(Say(reply="transactions", fields={"tail": tail}, rows=rows),))
