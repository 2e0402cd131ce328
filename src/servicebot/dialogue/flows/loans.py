"""An overview of the customer's loans."""

from servicebot.dialogue.loans import tell_loans
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.task import Lookup, Task


def loans(state: Lookup, task: Task, turn: TurnView) -> Outcome:
    """Shows every open loan with what is still owed."""
    return tell_loans(state.named, turn)
