"""Starts, continues, interrupts, drops and resumes tasks."""

import hashlib
from dataclasses import replace

from servicebot.content.content import Content
from servicebot.content.intent_file import Intent
from servicebot.dialogue.decision import MOST_PAUSED, Decision, carry, hand_over, pause
from servicebot.dialogue.escalation import notice_of
from servicebot.dialogue.note import note
from servicebot.dialogue.registry import FLOWS
from servicebot.dialogue.remind import remind
from servicebot.dialogue.repayment.read_amount import Unclear, read_amount
from servicebot.dialogue.repayment.sent_before import was_sent
from servicebot.dialogue.run_task import needs_customer, run_task
from servicebot.dialogue.say import Listed, Say, Saying, Title
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.conversation import Conversation, Task
from servicebot.domain.task import EarlyRepayment, Named, Question, begun_again
from servicebot.domain.understanding import Topic, TopicKind


def start(intent: Intent, turn: TurnView, content: Content) -> Decision:
    """Begins what the customer wants done; a task in hand is put aside and taken up afterwards.

    While the page that makes the customer known is open, a further wish waits behind the first.
    What waits for the same flow is replaced: whose card was just frozen must not be asked about
    it again.
    """
    rule = f"start:{intent.id}"
    conversation = turn.conversation
    flow = intent.flow or ""
    task = Task(
        id=_task_id(turn),
        intent=intent.id,
        flow=flow,
        state=note(FLOWS[flow].begin(), turn),
        begun_at=turn.received_at,
    )
    asleep = tuple(one for one in conversation.asleep if one.flow != flow)
    waiting = tuple(one for one in conversation.paused if one.flow != flow)
    topic = Topic(kind=TopicKind.INTENT, id=intent.id)
    conversation = replace(conversation, paused=waiting, asleep=asleep, last_topic=topic)
    first = conversation.task
    if first is not None and first.question is Question.LINK and needs_customer(task, content):
        return _wait_behind(rule, first, task, replace(turn, conversation=conversation), content)
    if first is not None and first.flow != flow:
        conversation = pause(conversation, first)
    outcome = run_task(task, replace(turn, conversation=conversation), content)
    return _finish(rule, conversation, task, outcome, turn, content)


def begin_again(given_up: Task, turn: TurnView, content: Content) -> Decision:
    """Does after all what was given up: with what was chosen then, shown and asked anew."""
    kept = begun_again(given_up.state)
    if isinstance(kept, EarlyRepayment):
        kept = _as_named_now(kept, turn)
    task = replace(
        given_up,
        id=_task_id(turn),
        state=note(kept, turn),
        asked=None,
        begun_at=turn.received_at,
    )
    outcome = run_task(task, turn.silent(), content)
    return _finish(f"again:{task.intent}", turn.conversation, task, outcome, turn, content)


def _as_named_now(state: EarlyRepayment, turn: TurnView) -> EarlyRepayment:
    """The repayment with another amount or loan where the words name one."""
    named = note(EarlyRepayment(), turn)
    if not isinstance(named, EarlyRepayment):
        return state
    read = read_amount(turn.heard, asked=True) if turn.heard is not None else None
    if read is not None and not isinstance(read, Unclear):
        state = replace(state, amount=read)
    return state if named.named == Named() else replace(state, loan=None, named=named.named)


def go_on(task: Task, turn: TurnView, content: Content) -> Decision:
    """Gives the message to the task in hand."""
    outcome = run_task(task, turn, content)
    return _finish(f"task:{task.flow}", turn.conversation, task, outcome, turn, content)


def take_up(
    rule: str, conversation: Conversation, turn: TurnView, content: Content, *says: Saying
) -> Decision:
    """Says something, then asks the question of the task in hand in full, if there is a task."""
    task = conversation.task
    if task is None:
        return Decision(rule=rule, conversation=conversation, says=says)
    facts = turn.facts.on_behalf_of(conversation.identity.subject)
    silent = replace(turn.silent(), conversation=conversation, facts=facts)
    outcome = run_task(task, silent, content)
    misses = conversation.misses
    decision = _finish(rule, conversation, task, outcome, turn, content, *says)
    return replace(decision, conversation=replace(decision.conversation, misses=misses))


def drop(rule: str, turn: TurnView, content: Content, reply: str) -> Decision:
    """Gives up the task in hand and says so; what was put aside before it is taken up again.

    Whatever waits for the same page that makes the customer known is given up with it.
    """
    conversation = turn.conversation
    task = conversation.task
    if task is None:
        return Decision(rule=rule, conversation=conversation)
    if was_sent(task, turn):
        return go_on(task, turn.silent(), content)
    dropped: tuple[Task, ...] = (task,)
    if task.question is Question.LINK:
        dropped = (task, *reversed(conversation.paused))
        conversation = replace(conversation, paused=())
    conversation = replace(conversation, dropped_page=page_of(task))
    said = Say(reply=reply, fields={"task": Listed(tuple(Title(one.intent) for one in dropped))})
    given_up = Outcome(says=(said,), given_up=len(dropped) == 1)
    return _finish(rule, conversation, task, given_up, turn, content)


def _wait_behind(rule: str, first: Task, task: Task, turn: TurnView, content: Content) -> Decision:
    conversation = turn.conversation
    if task.flow == first.flow:
        noted_first = replace(first, state=note(first.state, turn))
        return take_up(rule, replace(conversation, task=noted_first), turn, content)
    behind = replace(conversation, paused=(task, *conversation.paused)[:MOST_PAUSED])
    noted = Say(reply="noted_for_link", fields={"task": Title(task.intent)})
    return remind(rule, behind, first, noted)


def _finish(
    rule: str,
    conversation: Conversation,
    task: Task,
    outcome: Outcome,
    turn: TurnView,
    content: Content,
    *before: Saying,
) -> Decision:
    changed = _without_old_page(carry(conversation, outcome, task), task, outcome)
    says = (*before, *outcome.says)
    if outcome.escalate is not None:
        kept = changed if not changed.paused else replace(changed, task=changed.paused[-1])
        notice = notice_of(outcome.escalate)
        return hand_over(rule, kept, outcome.escalate, *says, notice)
    if outcome.task is None and changed.paused:
        *rest, waiting = changed.paused
        resumed = replace(changed, task=waiting, paused=tuple(rest))
        return take_up(rule, resumed, turn, content, *says)
    return Decision(rule=rule, conversation=changed, says=says)


def _without_old_page(changed: Conversation, before: Task, outcome: Outcome) -> Conversation:
    """Remembers a page that was given up, or that other terms took the place of: it pays nothing."""
    page, task = page_of(before), outcome.task
    if not page or (not outcome.given_up and (task is None or page_of(task) == page)):
        return changed
    return replace(changed, dropped_page=page)


def page_of(task: Task) -> str:
    """The one-time page a task waits for; empty where it waits for none."""
    state = task.state
    if isinstance(state, EarlyRepayment) and state.page is not None:
        return state.page.step_up_id
    return ""


def _task_id(turn: TurnView) -> str:
    seed = f"{turn.conversation.id}|{turn.message_id}"
    return hashlib.sha256(seed.encode()).hexdigest()[:24]
