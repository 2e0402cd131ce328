"""Words while the customer waits for a person: the rules, in the order they are tried.

The words reach the person in any case. What the bot surely understands it answers meanwhile; it
never says that it did not understand, and there is never a second ticket.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import intent_of, is_offered, plays
from servicebot.dialogue.answer_in_queue import answer_in_queue, note_words
from servicebot.dialogue.call_back import call_back
from servicebot.dialogue.danger_in_queue import danger_in_queue, freeze_in_queue
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.last_words import wishes_person
from servicebot.dialogue.queue_place import place_kept, tell_place
from servicebot.dialogue.say import Say
from servicebot.dialogue.view import TurnView
from servicebot.domain.acts import Act
from servicebot.domain.conversation import Owner
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.task import CardFreeze
from servicebot.domain.tickets import Departure, Reason
from servicebot.domain.understanding import TAUGHT, Band, TopicKind
from servicebot.domain.waiting import Waiting

Rule = Callable[[TurnView, Heard, Content], Decision | None]


_GRAVE: Final = frozenset(
    {Reason.FRAUD, Reason.DISTRESS, Reason.THREAT, Reason.HARDSHIP, Reason.CARD_LOST}
)


def while_waiting(turn: TurnView, heard: Heard, content: Content) -> Decision:
    """The first rule that knows what to do decides; else the words are only forwarded."""
    for rule in RULES:
        decision = rule(turn, heard, content)
        if decision is not None:
            return decision
    return Decision(rule="forwarded", conversation=turn.conversation)


def _person_again(turn: TurnView, heard: Heard, content: Content) -> Decision | None:  # noqa: ARG001
    """The words that surely name a person; they look like leaving to whoever only reads acts."""
    return _tell(turn) if heard.wants_person else None


def _stops_card(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """A word that may mean the card, from whoever is being defrauded, begins to freeze it.

    Whether to do it is advised (要不要先把卡冻了); what it does is answered.
    """
    conversation = turn.conversation
    waiting = conversation.waiting or Waiting()
    stops = Mark.STOPS_A_CARD in heard.whole.marks
    if _freezes(turn) and not waiting.asked and (stops or heard.plain_yes):
        return freeze_in_queue(turn, content)
    if not stops or heard.denied is not None or _freezes(turn):
        return None
    asks = Mark.QUESTION in heard.whole.marks
    if waiting.about is not Reason.FRAUD or Mark.QUEUE in heard.whole.marks:
        return None
    if asks and _answered_by_article(heard):
        return None
    advice = (Say(reply="fraud_freeze_advice"),) if asks else ()
    return freeze_in_queue(turn, content, *advice)


def _freezes(turn: TurnView) -> bool:
    """Whether a card waits to be frozen: 停吧停吧 is about it, not about the wait."""
    task = turn.conversation.task
    return task is not None and isinstance(task.state, CardFreeze)


def _answered_by_article(heard: Heard) -> bool:
    best = heard.whole.best
    sure = best is not None and heard.whole.band is Band.ANSWER
    return sure and best is not None and best.topic.kind is TopicKind.ARTICLE


def _leaves(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """Leaving, cancelling, or a plain no; one to a question of the bot's is an answer to that.

    A place that is lost cannot be had again, so nothing that is surely some business leaves, and
    whoever is in need or in danger leaves only with words about the wait: 算了 is no such word.
    """
    conversation = turn.conversation
    if not heard.whole.marks.isdisjoint({Mark.STAYS, Mark.QUESTION}):
        return None
    waiting = conversation.waiting or Waiting()
    leaves = heard.act is Act.LEAVE and not _is_business(heard, content)
    says_no = _cancels(heard, content) or heard.plain_no
    if not leaves and (waiting.asked or not says_no):
        return None
    if waiting.about in _GRAVE and not (leaves and Mark.QUEUE in heard.whole.marks):
        return _tell(turn)
    back = replace(conversation, owner=Owner.BOT, ticket=None)
    return Decision(
        rule="left_queue",
        conversation=back,
        says=(Say(reply="left_queue"),),
        left=Departure.GAVE_UP,
    )


def _how_long(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """How long it takes, unless the very words are taught for something else.

    Whoever says that they stay, or asks what leaving means, hears of their place too.
    """
    best = heard.whole.best
    taught = best is not None and best.probability >= TAUGHT and _is_business(heard, content)
    about_leaving = heard.act is Act.LEAVE and not _is_business(heard, content)
    stays = Mark.STAYS in heard.whole.marks
    asks = (heard.act in {Act.HOW_LONG, Act.PERSON} or about_leaving or stays) and not taught
    return _tell(turn) if asks or wishes_person(heard, content) else None


def _tell(turn: TurnView) -> Decision:
    told = tell_place("queue_place", turn)
    return replace(told, conversation=place_kept(told.conversation, turn.conversation.turns))


def _cancels(heard: Heard, content: Content) -> bool:
    best = heard.whole.best
    sure = best is not None and heard.whole.band is Band.ANSWER
    return sure and best is not None and plays(best.topic, Role.CANCEL, content)


def _is_business(heard: Heard, content: Content) -> bool:
    """Whether the words surely are about something that the bot answers or does."""
    best = heard.whole.best
    if best is None or heard.whole.band is not Band.ANSWER:
        return False
    intent = intent_of(best.topic, content)
    about_task = intent is not None and (intent.about_task or intent.role is not None)
    return is_offered(best.topic, content) and not about_task


RULES: Final[tuple[Rule, ...]] = (
    danger_in_queue,
    call_back,
    _person_again,
    _stops_card,
    _leaves,
    _how_long,
    answer_in_queue,
    note_words,
)
