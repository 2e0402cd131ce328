"""What holds for every decision while a customer waits or a person holds the conversation.

Whatever rule decided: there is one ticket at a time, nothing takes a conversation away from a
person, and nobody is told to wait while nobody serves.
"""

from dataclasses import replace
from datetime import datetime

from servicebot.dialogue.at_night import at_night
from servicebot.dialogue.decision import Decision
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.desk_facts import DeskNow
from servicebot.domain.waiting import Waiting


def under_owner(before: Conversation, decision: Decision, desk: DeskNow, now: datetime) -> Decision:
    """The decision as it may stand after `before`."""
    decision = _keep_ticket(before, decision)
    decision = _keep_wait(before, decision, now)
    if desk.is_open or decision.conversation.owner is not Owner.QUEUE:
        return decision
    return at_night(decision, desk, now)


def _keep_ticket(before: Conversation, decision: Decision) -> Decision:
    """No second ticket: a reason for one makes the open one graver."""
    if before.owner is Owner.BOT or before.ticket is None or decision.escalate is None:
        return decision
    kept = replace(decision.conversation, owner=before.owner, ticket=before.ticket)
    silent = before.owner is Owner.PERSON
    return replace(
        decision,
        conversation=kept,
        escalate=None,
        raised=decision.escalate,
        says=() if silent else decision.says,
    )


def _keep_wait(before: Conversation, decision: Decision, now: datetime) -> Decision:
    """What is remembered of the wait begins and ends with it."""
    after = decision.conversation
    match after.owner:
        case Owner.BOT:
            after = replace(after, waiting=None, held=None)
        case Owner.QUEUE:
            waiting = Waiting()
            if before.owner is Owner.QUEUE:
                waiting = after.waiting or waiting
                waiting = replace(waiting, asked=_asks(before, after, waiting, now))
            about = decision.escalate or decision.raised or waiting.about
            waiting = replace(waiting, about=about)
            after = replace(after, waiting=waiting, held=None)
        case Owner.PERSON:
            after = replace(after, waiting=None)
    return replace(decision, conversation=after)


def _asks(before: Conversation, after: Conversation, waiting: Waiting, now: datetime) -> bool:
    """Whether the question of the task in hand was asked during the wait, now or before."""
    if after.task is None or after.task.asked is None:
        return False
    same = before.task is not None and before.task.id == after.task.id
    return after.task.asked.at == now or (waiting.asked and same)
