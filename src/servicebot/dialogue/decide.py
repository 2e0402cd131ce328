"""The decision of a turn: state, message and facts in, a decision out. Always the same."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import plays
from servicebot.dialogue.decision import Decision, say
from servicebot.dialogue.facts import BankRefused, BankSilent, Facts
from servicebot.dialogue.fall_asleep import fall_asleep
from servicebot.dialogue.on_event import on_agent_act, on_arrival, on_bank_event
from servicebot.dialogue.on_words import on_words
from servicebot.dialogue.say import Say
from servicebot.dialogue.view import TurnView
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.heard import Heard
from servicebot.domain.messages import (
    AgentAct,
    Arrival,
    BankEvent,
    InboundMessage,
    Text,
    Unreadable,
)
from servicebot.domain.understanding import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a turn happens.

    Attributes:
        now: The instant, UTC.
        today: Its day in the bank's zone.
    """

    now: datetime
    today: date


def decide(
    conversation: Conversation,
    message: InboundMessage,
    heard: Heard | None,
    facts: Facts,
    moment: Moment,
    content: Content,
) -> Decision:
    """Decides one turn.

    Args:
        conversation: The state before it.
        message: What came in.
        heard: Its words, understood; None where it has none.
        facts: What the bank has said in this turn so far.
        moment: When it happens.
        content: The approved content.

    Raises:
        NeedsBank: A fact is missing; ask the bank and decide again.
    """
    if heard is not None:
        conversation = replace(conversation, language=heard.whole.language)
        conversation = fall_asleep(conversation, moment.now)
    turn = TurnView(
        conversation=conversation,
        message_id=message.message_id,
        received_at=message.received_at,
        heard=heard,
        event=message.content if isinstance(message.content, BankEvent) else None,
        facts=facts.on_behalf_of(conversation.identity.subject),
        now=moment.now,
        today=moment.today,
    )
    try:
        return _by_content(turn, message, content)
    except BankSilent:
        return say("bank_silent", conversation, Say(reply="bank_unavailable"))
    except BankRefused as refusal:
        dropped = replace(conversation, task=None, paused=())
        return say(f"bank_refused:{refusal.code}", dropped, Say(reply="bank_refused"))


def _by_content(turn: TurnView, message: InboundMessage, content: Content) -> Decision:
    match message.content:
        case AgentAct() as act:
            return on_agent_act(turn, act, content)
        case BankEvent() as event:
            return on_bank_event(turn, event, content)
        case Arrival() as arrival:
            return on_arrival(turn, arrival)
        case Unreadable():
            return _unreadable(turn)
        case Text():
            return _words(turn, content)


def _unreadable(turn: TurnView) -> Decision:
    if turn.conversation.owner is not Owner.BOT:
        return Decision(rule="forwarded", conversation=turn.conversation)
    return say("unreadable", turn.conversation, Say(reply="unreadable"))


def _words(turn: TurnView, content: Content) -> Decision:
    conversation, heard = turn.conversation, turn.heard
    if conversation.owner is Owner.PERSON:
        return Decision(rule="forwarded", conversation=conversation)
    if heard is None or not heard.whole.text:
        silent = conversation.owner is Owner.QUEUE
        says = () if silent else (Say(reply="unreadable"),)
        return Decision(rule="empty", conversation=conversation, says=says)
    if conversation.owner is Owner.QUEUE:
        return _while_waiting(turn, heard, content)
    return on_words(turn, heard, content)


def _while_waiting(turn: TurnView, heard: Heard, content: Content) -> Decision:
    """The words reach the person later; only leaving the queue is answered."""
    best = heard.whole.best
    leaves = best is not None and plays(best.topic, Role.CANCEL, content)
    if not leaves or heard.whole.band is not Band.ANSWER:
        return Decision(rule="forwarded", conversation=turn.conversation)
    back = replace(turn.conversation, owner=Owner.BOT, ticket_id=None)
    return Decision(
        rule="left_queue", conversation=back, says=(Say(reply="left_queue"),), left_queue=True
    )
