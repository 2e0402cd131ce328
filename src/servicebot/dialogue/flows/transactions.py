"""The newest transactions of one account."""

from typing import Final

from servicebot.dialogue.accounts import choose_account
from servicebot.dialogue.say import Joined, Moment, Money, Say, Words
from servicebot.dialogue.steps import run_steps
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ListTransactions
from servicebot.domain.bank_results import Transactions
from servicebot.domain.conversation import Task

SHOWN: Final = 5


def transactions(task: Task, turn: TurnView) -> Outcome:
    """Asks for the account where there are several, then shows its newest lines."""
    return run_steps((choose_account, _show), task, turn)


def _show(task: Task, turn: TurnView) -> Outcome:
    call = ListTransactions(account_id=str(task.values["account_id"]), limit=SHOWN)
    found = turn.facts.ask(call, Transactions).items[:SHOWN]
    tail = Words(str(task.values["tail"]))
    if not found:
        return Outcome(says=(Say(reply="no_transactions", fields={"tail": tail}),))
    rows = tuple(
        (Joined((Moment(line.posted_at), Words(line.counterparty))), Money(line.amount_fen))
        for line in found
    )
    return Outcome(says=(Say(reply="transactions", fields={"tail": tail}, rows=rows),))
