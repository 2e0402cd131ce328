"""A repayment that was sent in a turn that was not kept: its end comes first, whatever was said."""

from servicebot.dialogue.repayment.pay import pay, repayment_key
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import FindMove
from servicebot.domain.bank_results import MoveFound
from servicebot.domain.task import EarlyRepayment, Task


def sent_before(state: EarlyRepayment, task: Task, turn: TurnView) -> EarlyRepayment | Outcome:
    """A step: goes on where a process died between the sending and the commit."""
    return pay(state, task, turn) if was_sent(task, turn) else state


def was_sent(task: Task, turn: TurnView) -> bool:
    """Whether the task's repayment was sent; it is not to be given up then."""
    state = task.state
    if not isinstance(state, EarlyRepayment) or state.page is None or state.terms is None:
        return False
    call = FindMove(key=repayment_key(task, state.terms))
    return turn.facts.ask(call, MoveFound).sent
