"""What to do when the desk opens, an agent is gone, or the customer writes in another chat."""

from dataclasses import replace

from servicebot.dialogue.decision import Decision
from servicebot.dialogue.queue_place import read_queue
from servicebot.dialogue.say import Count, Say
from servicebot.dialogue.view import TurnView
from servicebot.dialogue.while_held import GONE, back_to_queue
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.messages import DeskEvent, DeskNews
from servicebot.domain.tickets import Departure


def on_desk_news(turn: TurnView, event: DeskEvent) -> Decision:
    """News about another ticket, or out of date, is silent."""
    conversation = turn.conversation
    late = Decision(rule="desk:late", conversation=conversation)
    if conversation.ticket_id != event.ticket_id:
        return late
    match event.news:
        case DeskNews.OPENED:
            waits = conversation.owner is Owner.QUEUE
            return _opened(turn) if waits and turn.desk.is_open else late
        case DeskNews.AGENT_GONE:
            gone = conversation.owner is Owner.PERSON and _is_owed(conversation, event)
            return back_to_queue("desk:agent_gone", conversation, GONE) if gone else late
        case DeskNews.SUPERSEDED:
            return _superseded(conversation) if conversation.owner is Owner.QUEUE else late


def _opened(turn: TurnView) -> Decision:
    """Keeps the promise, once."""
    conversation = turn.conversation
    waiting = conversation.waiting
    if waiting is None or not waiting.promised:
        return Decision(rule="desk:late", conversation=conversation)
    place = read_queue(turn).place
    kept = replace(conversation, waiting=replace(waiting, promised=False))
    say = Say(reply="desk_opened", fields={"place": Count(place)}) if place is not None else None
    return Decision(
        rule="desk:opened", conversation=kept, says=(say or Say(reply="desk_opened_taken"),)
    )


def _is_owed(conversation: Conversation, event: DeskEvent) -> bool:
    """Whether she still says nothing; who has signed out is gone in any case."""
    if event.owed_since is None:
        return True
    held = conversation.held
    return held is not None and held.owes_since == event.owed_since


def _superseded(conversation: Conversation) -> Decision:
    back = replace(conversation, owner=Owner.BOT, ticket=None)
    return Decision(
        rule="desk:superseded",
        conversation=back,
        says=(Say(reply="moved_to_new_chat"),),
        left=Departure.SUPERSEDED,
    )
