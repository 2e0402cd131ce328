"""A conversation whose stored state cannot be read begins anew, without losing its place."""

from collections.abc import Iterable
from dataclasses import replace

from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.messages import InboundMessage
from servicebot.domain.tickets import Ticket, TicketState
from servicebot.domain.waiting import Held, Waiting


def begin_anew(message: InboundMessage, turns: int, tickets: Iterable[Ticket]) -> Conversation:
    """The state to go on with.

    Args:
        message: The message in hand, which says whose conversation it is.
        turns: How many turns it may have had at most: no turn gets the number of an earlier one.
        tickets: The open tickets; if one is the conversation's, the customer still waits or is
            still with her agent.
    """
    anew = Conversation(
        id=message.conversation_id, channel=message.channel, sender=message.sender, turns=turns
    )
    own = next((one for one in tickets if one.conversation_id == anew.id), None)
    if own is None:
        return anew
    held = own.state is TicketState.TAKEN
    return replace(
        anew,
        language=own.language,
        ticket=own,
        owner=Owner.PERSON if held else Owner.QUEUE,
        held=Held(agent=own.agent or "", owes_since=None) if held else None,
        waiting=None if held else Waiting(about=own.reason),
    )
