"""What a turn decided: the new state and what to say."""

from dataclasses import dataclass, replace
from typing import Final

from servicebot.dialogue.say import Say, Saying
from servicebot.dialogue.view import Outcome
from servicebot.domain.conversation import Conversation, Owner, Task, Told
from servicebot.domain.rating import Rating
from servicebot.domain.tickets import Departure, Reason

MOST_PAUSED: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The end of thinking.

    Attributes:
        rule: Name of the rule that decided, for the receipt.
        conversation: The state after the turn.
        says: What to say, in order; empty where the bot is silent.
        escalate: Why a person is needed, or None.
        left: Why the customer does not wait for a person any more, or None.
        raised: What makes the open ticket graver than it was, or None.
        returned: Whether the ticket goes from its agent back to the queue.
        rated: What the customer says of an answer, the first time they do.
    """

    rule: str
    conversation: Conversation
    says: tuple[Saying, ...] = ()
    escalate: Reason | None = None
    left: Departure | None = None
    raised: Reason | None = None
    returned: bool = False
    rated: Rating | None = None


def say(rule: str, conversation: Conversation, *says: Saying) -> Decision:
    """Says something and changes nothing else."""
    return Decision(rule=rule, conversation=replace(conversation, misses=0), says=says)


def carry(conversation: Conversation, outcome: Outcome, task: Task) -> Conversation:
    """The state after a flow's outcome; the task is set, nothing is paused or resumed."""
    changed = replace(conversation, task=outcome.task, misses=0, offered=())
    if outcome.task is not None:
        changed = replace(changed, asked_in=conversation.turns)
    elif outcome.says and isinstance(outcome.says[-1], Say):
        told = Told(
            intent=task.intent,
            reply=outcome.says[-1].reply,
            turn=conversation.turns,
            given_up=task if outcome.given_up else None,
        )
        changed = replace(changed, told=told)
    if outcome.identity is not None:
        changed = replace(changed, identity=outcome.identity)
        if outcome.identity.subject != conversation.identity.subject:
            changed = replace(changed, own_lines=None)
    changed = _with_money(changed, outcome)
    if outcome.product:
        changed = replace(changed, last_product=outcome.product)
    if outcome.loan is not None:
        shown = outcome.loan
        changed = replace(changed, last_loan=shown.id, last_product=shown.product)
    return changed


def _with_money(conversation: Conversation, outcome: Outcome) -> Conversation:
    """The state with what is not known of money, and what was told."""
    if outcome.unsettled is not None:
        conversation = replace(conversation, unsettled=outcome.unsettled)
    return conversation.with_told(outcome.told_move) if outcome.told_move else conversation


def pause(conversation: Conversation, task: Task) -> Conversation:
    """Puts a task aside; only so many wait, the oldest is dropped."""
    return replace(conversation, task=None, paused=(*conversation.paused, task)[-MOST_PAUSED:])


def hand_over(rule: str, conversation: Conversation, reason: Reason, *says: Saying) -> Decision:
    """Gives the conversation to the queue; the task stays half done for the person to see."""
    waiting = replace(conversation, owner=Owner.QUEUE, misses=0, offered=())
    return Decision(rule=rule, conversation=waiting, says=says, escalate=reason)
