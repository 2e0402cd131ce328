"""Runs a flow's steps in order until one of them needs the customer."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from servicebot.dialogue.say import Saying
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.conversation import Choice, SlotData, Task

Step = Callable[[Task, TurnView], Task | Outcome]


def run_steps(steps: Sequence[Step], task: Task, turn: TurnView) -> Outcome:
    """Each step hands the task on, or ends the turn with an outcome; the last one always does."""
    for step in steps:
        reached = step(task, turn)
        if isinstance(reached, Outcome):
            return _about_loan(reached, task)
        task = reached
    return Outcome(says=())


def _about_loan(outcome: Outcome, task: Task) -> Outcome:
    """The outcome with the loan the task was about, for what the customer asks next."""
    if "loan_id" not in task.values:
        return outcome
    loan_id, product = str(task.values["loan_id"]), str(task.values.get("product", ""))
    return replace(outcome, loan_id=loan_id, product=product)


def ask(
    task: Task, turn: TurnView, asked: str, *says: Saying, choices: tuple[Choice, ...] = ()
) -> Outcome:
    """Asks the customer and waits: `asked` names what the next message answers."""
    waiting = replace(task, asked=asked, choices=choices, asked_at=turn.now)
    return Outcome(says=says, task=waiting)


def known(task: Task, **values: SlotData) -> Task:
    """The task with more values known and no question open."""
    return replace(task, values={**task.values, **values}, asked=None, choices=())


def forgotten(task: Task, *names: str) -> Task:
    """The task without some of its values and with no question open."""
    left = {name: value for name, value in task.values.items() if name not in names}
    return replace(task, values=left, asked=None, choices=())
