"""Runs a flow's steps in order until one of them needs the customer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from servicebot.dialogue.say import Saying
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.errors import RejectedError
from servicebot.domain.task import Asked, Choice, Question, Task, TaskState, loan_of

S = TypeVar("S", bound=TaskState)
T = TypeVar("T")

Step = Callable[[S, Task, TurnView], S | Outcome]


def run_steps(steps: Sequence[Step[S]], state: S, task: Task, turn: TurnView) -> Outcome:
    """Each step hands the state on, or ends the turn with an outcome; the last one always does.

    Args:
        steps: In order.
        state: What is known; each step hands on what is known behind it.
        task: As it was before the turn, with the question the words may answer.
        turn: The turn.
    """
    for step in steps:
        reached = step(state, task, turn)
        if isinstance(reached, Outcome):
            return replace(reached, loan=reached.loan or loan_of(state))
        state = reached
    return Outcome(says=())


def ask(
    question: Question,
    state: TaskState,
    task: Task,
    turn: TurnView,
    *says: Saying,
    choices: tuple[Choice, ...] = (),
) -> Outcome:
    """Asks the customer and waits: `question` is what the next message answers."""
    asked = Asked(question=question, choices=choices, at=turn.now)
    return Outcome(says=says, task=replace(task, state=state, asked=asked))


def given(value: T | None) -> T:
    """What an earlier step has put in hand.

    Raises:
        RejectedError: It has not: the steps of the flow stand in the wrong order.
    """
    if value is None:
        raise RejectedError("A step needs what no step before it has found.")
    return value
