"""A rule: what the words do at the question of a task: refuse, put off, wait, doubt."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import intent_of, is_offered, plays
from servicebot.dialogue.continue_task import drop, go_on, page_of, take_up
from servicebot.dialogue.decision import Decision, say
from servicebot.dialogue.remind import CONFIRMS, remind
from servicebot.dialogue.repayment.read_amount import is_short
from servicebot.dialogue.say import Say
from servicebot.dialogue.view import TurnView
from servicebot.domain.acts import Act
from servicebot.domain.conversation import Task
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.task import PAGES, EarlyRepayment, Question
from servicebot.domain.understanding import TAUGHT, Band, SlotKind

_NOT_NOW: Final = frozenset({Act.POSTPONE, Act.WAIT})


def at_question(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """Only a clear yes consents; everything else that is no answer is taken for what it is."""
    task = turn.conversation.task
    if task is None or heard.act is None or task.question is None:
        return None
    handle = None if _is_none_of_these(task, heard, content) else _HANDLED.get(heard.act)
    if handle is None or _is_other_business(task, heard, content):
        return None
    return handle(task, turn, content)


def _is_none_of_these(task: Task, heard: Heard, content: Content) -> bool:
    """Whether the words only sound like putting off or refusing what was asked.

    明天还500: the flow says that it would be now, and "no wait, 800" is meant; 第二笔先不动 means
    another, 有点多,减半 half of it; 先别,我看下余额 is seen to meanwhile.
    """
    if heard.act in _NOT_NOW and heard.slot(SlotKind.MONEY) is not None:
        return True
    changes = heard.leaves_a_loan or Mark.HALF in heard.whole.marks
    if isinstance(task.state, EarlyRepayment) and changes:
        return True
    return heard.act is Act.WAIT and _asks_meanwhile(heard, content)


def _refused(task: Task, turn: TurnView, content: Content) -> Decision:
    """The flow says what it did not do, where it asked for a yes."""
    if task.question in CONFIRMS or task.question is Question.APPROVE_REPAY:
        ended = go_on(task, turn, content)
        return replace(ended, conversation=replace(ended.conversation, dropped_page=page_of(task)))
    return drop("cancel", turn, content, "task_cancelled")


def _postponed(task: Task, turn: TurnView, content: Content) -> Decision:  # noqa: ARG001
    return drop("postponed", turn, content, "task_postponed")


def _waits(task: Task, turn: TurnView, content: Content) -> Decision:  # noqa: ARG001
    return say("wait", turn.conversation, Say(reply="task_wait"))


def _doubts(task: Task, turn: TurnView, content: Content) -> Decision:  # noqa: ARG001
    about = "page" if task.question in PAGES else "question"
    return remind("doubt", turn.conversation, task, Say(reply=f"doubt_{about}"))


def _page_troubles(task: Task, turn: TurnView, content: Content) -> Decision | None:
    if task.question not in PAGES:
        return None
    trouble = Say(reply="link_trouble")
    return take_up("link_trouble", turn.conversation, turn, content, trouble)


def _asks_outcome(task: Task, turn: TurnView, content: Content) -> Decision | None:
    """Whether the page was used is read from the bank; without a yes nothing was done."""
    if task.question in CONFIRMS:
        return remind("outcome", turn.conversation, task, Say(reply="not_done_yet"))
    if task.question not in PAGES:
        return None
    return take_up("outcome", turn.conversation, turn, content)


def _goes_on(task: Task, turn: TurnView, content: Content) -> Decision:  # noqa: ARG001
    return take_up("resumed", turn.conversation, turn, content)


Handler = Callable[[Task, TurnView, Content], Decision | None]

_HANDLED: Final[Mapping[Act, Handler]] = MappingProxyType(
    {
        Act.REFUSE: _refused,
        Act.POSTPONE: _postponed,
        Act.WAIT: _waits,
        Act.DOUBT: _doubts,
        Act.LINK_TROUBLE: _page_troubles,
        Act.OUTCOME: _asks_outcome,
        Act.RESUME: _goes_on,
    }
)


def stops_what(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """A rule: stopping may be meant of the card or of freezing it (停掉吧): that is asked."""
    task, best = turn.conversation.task, heard.whole.best
    if task is None or task.question is not Question.CONFIRM_FREEZE or heard.plain_yes:
        return None
    ends = heard.act is Act.REFUSE or (best is not None and plays(best.topic, Role.CANCEL, content))
    sure = heard.whole.band is Band.ANSWER or Mark.QUESTION in heard.whole.marks
    unclear = heard.act is None and is_short(heard) and not sure
    if not (ends or unclear) or Mark.STOPS_A_CARD not in heard.whole.marks:
        return None
    asked = replace(turn.conversation, asked_in=turn.conversation.turns)
    return say("stops_what", asked, Say(reply="freeze_or_not"))


def _asks_meanwhile(heard: Heard, content: Content) -> bool:
    """Whether the words surely are about something else, which can be seen to meanwhile."""
    best, sure = heard.whole.best, heard.whole.band is Band.ANSWER
    intent = intent_of(best.topic, content) if best is not None else None
    about_task = intent is not None and intent.about_task
    return sure and best is not None and is_offered(best.topic, content) and not about_task


def _is_other_business(task: Task, heard: Heard, content: Content) -> bool:
    """Whether the very words are taught for some business; a question for a yes outweighs it."""
    best = heard.whole.best
    if best is None or task.question in CONFIRMS or best.probability < TAUGHT:
        return False
    intent = intent_of(best.topic, content)
    return is_offered(best.topic, content) and not (intent is not None and intent.about_task)
