"""Says that the conversation is linked; the linking itself stands before every flow."""

from servicebot.dialogue.say import Say, Words
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.task import Linking, Task


def link_identity(state: Linking, task: Task, turn: TurnView) -> Outcome:
    """Runs only for a known customer."""
    name = turn.conversation.identity.display_name or ""
    return Outcome(says=(Say(reply="already_linked", fields={"name": Words(name)}),))
