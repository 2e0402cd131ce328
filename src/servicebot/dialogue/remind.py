"""Reminds of a question that waits, in one short line, so that nobody is nagged."""

from dataclasses import replace
from typing import Final

from servicebot.dialogue.decision import Decision
from servicebot.dialogue.say import Money, Say, Saying, Term, Title, Value, Words
from servicebot.domain.conversation import Conversation, Task
from servicebot.domain.task import EarlyRepayment, Question

# One reminder in so many turns.
EVERY_TURNS: Final = 3
CONFIRMS: Final = frozenset(
    {
        *(Question.REPAY_NOW, Question.CONFIRM_REPAY),
        *(Question.CONFIRM_FREEZE, Question.FREEZE_AGAIN, Question.CONFIRM_UNLINK),
    }
)


def aside(rule: str, conversation: Conversation, *says: Saying) -> Decision:
    """Says something in the middle of a task; its question is recalled now and then."""
    task = conversation.task
    if task is None or task.question is None:
        return Decision(rule=rule, conversation=conversation, says=says)
    if conversation.turns - conversation.asked_in < EVERY_TURNS:
        return Decision(rule=rule, conversation=conversation, says=says)
    return remind(rule, conversation, task, *says)


def remind(rule: str, conversation: Conversation, task: Task, *says: Saying) -> Decision:
    """Says something and recalls the question at once."""
    reminded = replace(conversation, asked_in=conversation.turns)
    return Decision(rule=rule, conversation=reminded, says=(*says, reminder_of(task, conversation)))


def reminder_of(task: Task, conversation: Conversation) -> Say:
    """The question of a task in short, with the page it waits for."""
    fields: dict[str, Value] = {"task": Title(task.intent)}
    links: tuple[tuple[Value, str], ...] = ()
    match task.state:
        case EarlyRepayment(terms=terms) if terms is not None:
            fields["total"] = Money(terms.total_fen)
    if task.question is Question.LINK and conversation.identity.link_url:
        links = ((Term("label_link"), conversation.identity.link_url),)
        fields["code"] = Words(conversation.identity.link_code)
    if task.question is Question.APPROVE_REPAY and isinstance(task.state, EarlyRepayment):
        page = task.state.page
        links = ((Term("label_step_up"), page.url),) if page is not None else ()
    return Say(reply=f"remind_{task.question}", fields=fields, links=links)


def just_asked(conversation: Conversation) -> bool:
    """Whether the question was said in the turn before this message."""
    return conversation.asked_in >= conversation.turns - 1
