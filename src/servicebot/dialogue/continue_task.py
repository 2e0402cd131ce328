"""Starts, continues, interrupts and resumes tasks."""

import hashlib
from dataclasses import replace

from servicebot.content.content import Content
from servicebot.content.intent_file import Intent
from servicebot.dialogue.decision import Decision, carry, hand_over, pause
from servicebot.dialogue.escalation import notice_of
from servicebot.dialogue.note import note
from servicebot.dialogue.registry import FLOWS
from servicebot.dialogue.run_task import run_task
from servicebot.dialogue.say import Saying
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.conversation import Conversation, Task


def start(intent: Intent, turn: TurnView, content: Content) -> Decision:
    """Begins what the customer wants done; a task in hand is put aside and taken up afterwards.

    One that waits for the same flow is replaced: whose card was just frozen must not be asked
    about it again.
    """
    conversation = turn.conversation
    if conversation.task is not None:
        conversation = pause(conversation, conversation.task)
    waiting = tuple(task for task in conversation.paused if task.flow != intent.flow)
    conversation = replace(conversation, paused=waiting)
    flow = intent.flow or ""
    state = note(FLOWS[flow].begin(), turn)
    task = Task(
        id=_task_id(turn), intent=intent.id, flow=flow, state=state, begun_at=turn.received_at
    )
    outcome = run_task(task, replace(turn, conversation=conversation), content)
    return _finish(f"start:{intent.id}", conversation, outcome, turn, content)


def go_on(task: Task, turn: TurnView, content: Content) -> Decision:
    """Gives the message to the task in hand."""
    outcome = run_task(task, turn, content)
    return _finish(f"task:{task.flow}", turn.conversation, outcome, turn, content)


def ask_again(
    rule: str, conversation: Conversation, turn: TurnView, content: Content, *says: Saying
) -> Decision:
    """Says something in the middle of a task, then asks the task's question again."""
    if conversation.task is None:
        return Decision(rule=rule, conversation=conversation, says=says)
    silent = replace(turn.silent(), conversation=conversation)
    outcome = run_task(conversation.task, silent, content)
    misses = conversation.misses
    decision = _finish(rule, conversation, outcome, turn, content, *says)
    return replace(decision, conversation=replace(decision.conversation, misses=misses))


def drop(rule: str, turn: TurnView, content: Content, *says: Saying) -> Decision:
    """Gives up the task in hand; what was put aside before it is taken up again."""
    return _finish(rule, turn.conversation, Outcome(says=says), turn, content)


def _finish(
    rule: str,
    conversation: Conversation,
    outcome: Outcome,
    turn: TurnView,
    content: Content,
    *before: Saying,
) -> Decision:
    changed = carry(conversation, outcome)
    says = (*before, *outcome.says)
    if outcome.escalate is not None:
        kept = changed if not changed.paused else replace(changed, task=changed.paused[-1])
        notice = notice_of(outcome.escalate)
        return hand_over(rule, kept, outcome.escalate, *says, notice)
    if outcome.task is None and changed.paused:
        *rest, task = changed.paused
        resumed = replace(changed, task=task, paused=tuple(rest))
        return ask_again(rule, resumed, turn, content, *says)
    return Decision(rule=rule, conversation=changed, says=says)


def _task_id(turn: TurnView) -> str:
    seed = f"{turn.conversation.id}|{turn.message_id}"
    return hashlib.sha256(seed.encode()).hexdigest()[:24]
