"""Words while a person holds the conversation: hers to answer, unless she is gone."""

from dataclasses import replace
from typing import Final

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.escalation import notice_of
from servicebot.dialogue.in_danger import REASONS
from servicebot.dialogue.last_words import wishes_person
from servicebot.dialogue.say import Say
from servicebot.dialogue.view import TurnView
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.desk_facts import AgentNow, ReadAgent
from servicebot.domain.heard import Heard
from servicebot.domain.tickets import Reason
from servicebot.domain.waiting import Held

GONE: Final = Say(reply="agent_gone")


def while_held(turn: TurnView, heard: Heard | None, content: Content) -> Decision:
    """The bot stays silent; danger marks the ticket, and whoever is left alone waits again."""
    conversation = owed(turn)
    reason = REASONS[heard.danger] if heard is not None and heard.danger is not None else None
    calls = heard is not None and (reason is not None or wishes_person(heard, content))
    if calls and not _is_attended(turn):
        says = (GONE,) if reason is None else (GONE, notice_of(reason))
        return back_to_queue("agent_gone", conversation, *says, raised=reason)
    return Decision(rule="forwarded", conversation=conversation, raised=reason)


def back_to_queue(
    rule: str, conversation: Conversation, *says: Say, raised: Reason | None = None
) -> Decision:
    """The customer waits again, at the old place."""
    waiting = replace(conversation, owner=Owner.QUEUE, held=None)
    return Decision(rule=rule, conversation=waiting, says=says, raised=raised, returned=True)


def owed(turn: TurnView) -> Conversation:
    """The conversation in which the customer waits for the agent's words, since the first of theirs."""
    held = turn.conversation.held or Held(agent="", owes_since=None)
    since = held.owes_since or turn.received_at
    return replace(turn.conversation, held=replace(held, owes_since=since))


def _is_attended(turn: TurnView) -> bool:
    held, ticket = turn.conversation.held, turn.conversation.ticket
    since = ticket.taken_at if ticket is not None else None
    call = ReadAgent(agent=held.agent if held is not None else "", since=since)
    return turn.facts.ask(call, AgentNow).is_here
