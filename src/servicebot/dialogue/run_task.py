"""Runs a task's flow one step, with the identity it needs."""

from dataclasses import replace

from servicebot.content.content import Content
from servicebot.content.intent_file import RequiredLevel
from servicebot.content.topics import intent_of
from servicebot.dialogue.facts import SubjectLost
from servicebot.dialogue.identity import bind, bound_notice, forget
from servicebot.dialogue.note import note
from servicebot.dialogue.registry import FLOWS
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.conversation import Task
from servicebot.domain.task import Linking, Question
from servicebot.domain.understanding import Topic, TopicKind


def run_task(task: Task, turn: TurnView, content: Content) -> Outcome:
    """One step of a flow; a binding that was taken back starts over with a new page."""
    try:
        return _run(task, turn, content)
    except SubjectLost:
        return _run(task, forget(turn), content)


def _run(task: Task, turn: TurnView, content: Content) -> Outcome:
    if turn.conversation.identity.known or not needs_customer(task, content):
        return FLOWS[task.flow].run(task, turn)
    if task.question is Question.LINK:
        task = replace(task, state=note(task.state, turn))
    reached = bind(task, turn)
    if isinstance(reached, Outcome):
        return reached
    waited = replace(task, asked=None) if task.question is Question.LINK else task
    only_link = isinstance(task.state, Linking)
    outcome = Outcome(says=()) if only_link else FLOWS[task.flow].run(waited, reached)
    identity = outcome.identity or reached.conversation.identity
    return replace(outcome, says=(bound_notice(reached), *outcome.says), identity=identity)


def needs_customer(task: Task, content: Content) -> bool:
    """Whether a task is about a customer, who must be known then."""
    intent = intent_of(Topic(kind=TopicKind.INTENT, id=task.intent), content)
    level = intent.identity if intent is not None else RequiredLevel.L0
    return level >= RequiredLevel.L1 or isinstance(task.state, Linking)
