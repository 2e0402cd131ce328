"""Tasks that nobody goes on with fall asleep, and are taken up again by name or by a word."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from servicebot.content.content import Content
from servicebot.dialogue.continue_task import take_up
from servicebot.dialogue.decision import Decision, say
from servicebot.dialogue.say import Say, Title
from servicebot.dialogue.view import TurnView
from servicebot.domain.acts import Act
from servicebot.domain.conversation import Conversation, Task
from servicebot.domain.heard import Heard

AFTER: Final = timedelta(minutes=10)
KEPT: Final = timedelta(hours=24)
_MOST: Final = 5


def fall_asleep(conversation: Conversation, now: datetime) -> Conversation:
    """The conversation with what nobody touched for ten minutes put to sleep; old dreams end."""
    kept = tuple(task for task in conversation.asleep if now - _touched(task) < KEPT)
    task = conversation.task
    if task is None or now - _touched(task) < AFTER:
        return replace(conversation, asleep=kept)
    slept = (*kept, *conversation.paused, task)[-_MOST:]
    return replace(conversation, task=None, paused=(), asleep=slept)


def wake(conversation: Conversation, task: Task) -> Conversation:
    """The conversation with a sleeping task in hand again."""
    left = tuple(one for one in conversation.asleep if one.id != task.id)
    return replace(conversation, task=task, asleep=left)


def taken_up(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """A rule: a word to go on, or a yes to nothing, is about what fell asleep last."""
    conversation = turn.conversation
    if conversation.task is not None or not conversation.asleep:
        return None
    last = conversation.asleep[-1]
    if heard.act is Act.RESUME:
        return take_up("woken", wake(conversation, last), turn, content)
    if heard.plain_yes or heard.act is Act.AGREE:
        asleep = Say(reply="task_asleep", fields={"task": Title(last.intent)})
        return say("asleep", conversation, asleep)
    return None


def _touched(task: Task) -> datetime:
    return task.asked.at if task.asked is not None else task.begun_at
