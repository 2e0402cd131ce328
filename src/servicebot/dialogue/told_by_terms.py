"""Questions about the very terms that are shown: answered by them, not by the general article."""

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.remind import remind
from servicebot.dialogue.say import Money, Say, Value, Words
from servicebot.dialogue.view import TurnView
from servicebot.domain.task import CardFreeze, EarlyRepayment, Task, TaskState
from servicebot.domain.understanding import Topic


def told_by_terms(task: Task, topic: Topic, turn: TurnView, content: Content) -> Decision | None:
    """The reply `at_<question>_<topic>` where the content has it: which account, of these terms."""
    name = topic.id.rpartition("/")[2].replace("-", "_").replace(".", "_")
    reply = f"at_{task.question}_{name}"
    fields = _fields(task.state)
    if not fields or (reply, turn.conversation.language) not in content.replies:
        return None
    return remind(reply, turn.conversation, task, Say(reply=reply, fields=fields))


def _fields(state: TaskState) -> dict[str, Value]:
    """What was shown; nothing where nothing was."""
    match state:
        case EarlyRepayment(terms=terms) if terms is not None:
            return {"total": Money(terms.total_fen), "tail": Words(terms.account.tail)}
        case CardFreeze(card=card) if card is not None:
            return {"tail": Words(card.tail)}
        case _:
            return {}
