"""Takes the binding of this chat back after one clear yes."""

from servicebot.dialogue.say import Say, Title
from servicebot.dialogue.steps import ask
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import Unlink
from servicebot.domain.bank_results import Done
from servicebot.domain.conversation import Identity
from servicebot.domain.task import Question, Task, Unlinking


def unlink_identity(state: Unlinking, task: Task, turn: TurnView) -> Outcome:
    """Are you sure, done."""
    if task.question is Question.CONFIRM_UNLINK and turn.heard is not None:
        if turn.heard.plain_yes:
            turn.facts.ask(Unlink(), Done)
            return Outcome(says=(Say(reply="unlinked"),), identity=Identity())
        if turn.heard.plain_no:
            said = Say(reply="task_cancelled", fields={"task": Title(task.intent)})
            return Outcome(says=(said,), given_up=True)
    return ask(Question.CONFIRM_UNLINK, state, task, turn, Say(reply="confirm_unlink"))
