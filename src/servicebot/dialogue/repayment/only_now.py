"""A repayment happens at once: a later day the customer named is spoken about first."""

from dataclasses import replace

from servicebot.dialogue.say import Day, Say
from servicebot.dialogue.steps import ask
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.task import EarlyRepayment, Question, Task


def only_now(state: EarlyRepayment, task: Task, turn: TurnView) -> EarlyRepayment | Outcome:
    """A step: says that it would happen now, and asks whether to go on."""
    if state.later_on is None:
        return state
    if task.question is Question.REPAY_NOW and turn.heard is not None:
        if turn.heard.plain_yes:
            return replace(state, later_on=None)
        if turn.heard.plain_no:
            return Outcome(says=(Say(reply="repay_cancelled"),), given_up=True)
    say = Say(reply="ask_repay_now", fields={"day": Day(state.later_on)})
    return ask(Question.REPAY_NOW, state, task, turn, say)
