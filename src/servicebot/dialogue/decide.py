"""The decision of a turn: state, message and facts in, a decision out. Always the same."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision, say
from servicebot.dialogue.facts import BankRefused, BankSilent, Facts
from servicebot.dialogue.fall_asleep import fall_asleep
from servicebot.dialogue.last_words import remember_words
from servicebot.dialogue.on_chat_ended import on_chat_ended
from servicebot.dialogue.on_desk_news import on_desk_news
from servicebot.dialogue.on_event import on_agent_act, on_arrival, on_bank_event
from servicebot.dialogue.on_rating import on_rating
from servicebot.dialogue.on_words import on_words
from servicebot.dialogue.remember_answers import remember_answers
from servicebot.dialogue.say import Say
from servicebot.dialogue.under_owner import under_owner
from servicebot.dialogue.view import TurnView
from servicebot.dialogue.while_held import owed, while_held
from servicebot.dialogue.while_waiting import while_waiting
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.desk_facts import OPEN, DeskNow
from servicebot.domain.heard import Heard
from servicebot.domain.messages import (
    AgentAct,
    Arrival,
    BankEvent,
    ChatEnded,
    DeskEvent,
    InboundMessage,
    Rate,
    Text,
    Unreadable,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a turn happens.

    Attributes:
        now: The instant, UTC.
        today: Its day in the bank's zone.
        desk: Whether people serve then.
    """

    now: datetime
    today: date
    desk: DeskNow = OPEN


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
        NeedsDesk: The same, of the desk.
    """
    before = conversation
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
        desk=moment.desk,
    )
    try:
        decision = _by_content(turn, message, content)
    except BankSilent:
        decision = say("bank_silent", conversation, Say(reply="bank_unavailable"))
    except BankRefused as refusal:
        dropped = replace(conversation, task=None, paused=())
        decision = say(f"bank_refused:{refusal.code}", dropped, _refusal(refusal.code, content))
    decision = remember_words(decision, message, heard, content)
    decision = under_owner(before, decision, moment.desk, moment.now)
    return remember_answers(turn, decision, content)


def _refusal(code: str, content: Content) -> Say:
    """The content's own words for this refusal, where it has any."""
    own = f"bank_refused_{code}"
    known = any(name == own for name, _ in content.replies)
    return Say(reply=own if known else "bank_refused")


def _by_content(turn: TurnView, message: InboundMessage, content: Content) -> Decision:
    match message.content:
        case AgentAct() as act:
            return on_agent_act(turn, act, content)
        case BankEvent() | DeskEvent() | ChatEnded() | Rate() as event:
            return _without_words(turn, event, content)
        case Arrival() as arrival:
            return on_arrival(turn, arrival)
        case Unreadable():
            return _unreadable(turn)
        case Text():
            return _words(turn, content)


def _without_words(
    turn: TurnView, event: BankEvent | DeskEvent | ChatEnded | Rate, content: Content
) -> Decision:
    match event:
        case ChatEnded():
            return on_chat_ended(turn)
        case DeskEvent():
            return on_desk_news(turn, event)
        case BankEvent():
            return on_bank_event(turn, event, content)
        case Rate():
            return on_rating(turn, event, content)


def _unreadable(turn: TurnView) -> Decision:
    if turn.conversation.owner is Owner.PERSON:
        return Decision(rule="forwarded", conversation=owed(turn))
    if turn.conversation.owner is Owner.QUEUE:
        return Decision(rule="forwarded", conversation=turn.conversation)
    return say("unreadable", turn.conversation, Say(reply="unreadable"))


def _words(turn: TurnView, content: Content) -> Decision:
    conversation, heard = turn.conversation, turn.heard
    if conversation.owner is Owner.PERSON:
        return while_held(turn, heard, content)
    if heard is None or not heard.whole.text:
        silent = conversation.owner is Owner.QUEUE
        says = () if silent else (Say(reply="unreadable"),)
        return Decision(rule="empty", conversation=conversation, says=says)
    if conversation.owner is Owner.QUEUE:
        return while_waiting(turn, heard, content)
    return on_words(turn, heard, content)
