"""Words while the customer waits for a person: the rules, in the order they are tried.

The words reach the person in any case. What the bot surely understands it answers meanwhile; it
never says that it did not understand, and there is never a second ticket.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import is_offered, plays
from servicebot.dialogue.answer_in_queue import answer_in_queue
from servicebot.dialogue.call_back import call_back
from servicebot.dialogue.danger_in_queue import danger_in_queue
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.last_words import wishes_person
from servicebot.dialogue.queue_place import place_kept, tell_place
from servicebot.dialogue.say import Say
from servicebot.dialogue.view import TurnView
from servicebot.domain.acts import Act
from servicebot.domain.conversation import Owner
from servicebot.domain.heard import Heard
from servicebot.domain.tickets import Departure
from servicebot.domain.understanding import TAUGHT, Band

Rule = Callable[[TurnView, Heard, Content], Decision | None]


def while_waiting(turn: TurnView, heard: Heard, content: Content) -> Decision:
    """The first rule that knows what to do decides; else the words are only forwarded."""
    for rule in RULES:
        decision = rule(turn, heard, content)
        if decision is not None:
            return decision
    return Decision(rule="forwarded", conversation=turn.conversation)


def _leaves(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """Leaving, cancelling, or a plain no; one to a question of the bot's is an answer to that."""
    conversation = turn.conversation
    best = heard.whole.best
    cancels = heard.whole.band is Band.ANSWER and best is not None
    cancels = cancels and best is not None and plays(best.topic, Role.CANCEL, content)
    asked = conversation.waiting is not None and conversation.waiting.asked
    if heard.act is not Act.LEAVE and (asked or not (cancels or heard.plain_no)):
        return None
    back = replace(conversation, owner=Owner.BOT, ticket_id=None)
    return Decision(
        rule="left_queue",
        conversation=back,
        says=(Say(reply="left_queue"),),
        left=Departure.GAVE_UP,
    )


def _place(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """A person again, or how long it takes."""
    best = heard.whole.best
    other = best is not None and best.probability >= TAUGHT and is_offered(best.topic, content)
    asks = heard.act is Act.HOW_LONG and not other
    if not asks and not wishes_person(heard, content):
        return None
    told = tell_place("queue_place", turn)
    return replace(told, conversation=place_kept(told.conversation, turn.conversation.turns))


RULES: Final[tuple[Rule, ...]] = (
    danger_in_queue,
    call_back,
    _leaves,
    _place,
    answer_in_queue,
)
