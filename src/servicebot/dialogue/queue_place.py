"""What a customer who waits is told of the place and of the wait: nothing that is not known."""

from dataclasses import replace

from servicebot.dialogue.at_night import MIDNIGHT, offer_call_back, time_of_day
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.say import Count, Say, Value
from servicebot.dialogue.view import TurnView
from servicebot.domain.conversation import Conversation
from servicebot.domain.desk_facts import QueueState, ReadQueue


def tell_place(rule: str, turn: TurnView) -> Decision:
    """The place, the wait and the hours; at night when the desk opens.

    Raises:
        NeedsDesk: The place was not read yet.
    """
    conversation = turn.conversation
    state = read_queue(turn)
    if turn.desk.is_open:
        return Decision(rule=rule, conversation=conversation, says=(_while_open(state, turn),))
    promised = conversation.waiting is not None and conversation.waiting.promised
    name = "queue_closed_promised" if promised else "queue_closed"
    place = Count(state.place or 1)
    say, offered = offer_call_back(name, conversation, turn.desk, turn.now, place=place)
    return Decision(rule=rule, conversation=offered, says=(say,))


def place_kept(conversation: Conversation, turn: int) -> Conversation:
    """The state that remembers in which turn the customer was told of the place."""
    if conversation.waiting is None:
        return conversation
    return replace(conversation, waiting=replace(conversation.waiting, told_turn=turn))


def read_queue(turn: TurnView) -> QueueState:
    """How the open ticket stands.

    Raises:
        NeedsDesk: It was not read yet.
    """
    return turn.facts.ask(ReadQueue(ticket_id=turn.conversation.ticket_id or ""), QueueState)


def _while_open(state: QueueState, turn: TurnView) -> Say:
    if state.place is None:
        return Say(reply="queue_taken")
    closes = turn.desk.closes_at
    fields: dict[str, Value] = {
        "place": Count(state.place),
        "closes": time_of_day(closes) if closes is not None else MIDNIGHT,
    }
    if state.wait is None:
        return Say(reply="queue_place_only", fields=fields)
    fields["most"] = Count(state.wait.most_min)
    if state.wait.least_min == 0:
        return Say(reply="queue_place_soon", fields=fields)
    fields["least"] = Count(state.wait.least_min)
    return Say(reply="queue_place", fields=fields)
