"""Questions about the very terms that are shown: answered by them, not by the general article."""

from typing import Final

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.remind import remind
from servicebot.dialogue.say import Money, Say, Value, Words
from servicebot.dialogue.view import TurnView
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.task import CardFreeze, EarlyRepayment, Task, TaskState, Terms
from servicebot.domain.understanding import SlotKind, Topic

_IN_NAMES: Final = str.maketrans("-.", "__")


def told_by_terms(
    task: Task, topic: Topic | None, turn: TurnView, content: Content
) -> Decision | None:
    """The reply `at_<question>_<topic>` where the content has it: which account, of these terms.

    A question for the fee that names no product is about these terms, whatever it ranks nearest.
    """
    fee = turn.heard is not None and _asks_fee(turn.heard)
    name = "fee" if fee else topic.id.rpartition("/")[2].translate(_IN_NAMES) if topic else ""
    reply = f"at_{task.question}_{name}"
    fields = _fields(task.state)
    if not fields or (reply, turn.conversation.language) not in content.replies:
        return None
    return remind(reply, turn.conversation, task, Say(reply=reply, fields=fields))


def _asks_fee(heard: Heard) -> bool:
    asks = {Mark.FEE, Mark.QUESTION} <= heard.whole.marks
    return asks and heard.slot(SlotKind.PRODUCT) is None


def _fields(state: TaskState) -> dict[str, Value]:
    """What was shown; nothing where nothing was."""
    match state:
        case EarlyRepayment(terms=Terms(fee_fen=int(fee)) as terms):
            return {
                "total": Money(terms.total_fen),
                "fee": Money(fee),
                "tail": Words(terms.account.tail),
            }
        case CardFreeze(card=card) if card is not None:
            return {"tail": Words(card.tail)}
        case _:
            return {}
