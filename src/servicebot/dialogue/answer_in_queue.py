"""A rule: what the bot surely understands it answers while the customer waits."""

from dataclasses import replace
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import is_offered
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.on_words import WORTH_ASKING, on_words
from servicebot.dialogue.queue_place import place_kept
from servicebot.dialogue.say import Say, Saying
from servicebot.dialogue.view import TurnView
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.task import EarlyRepayment
from servicebot.domain.tickets import Reason
from servicebot.domain.waiting import Waiting

EVERY_TURNS: Final = 3
# What the bot says where it is not sure, or has nothing to say: then the words only reach the person.
_NO_ANSWERS: Final = frozenset(
    {
        *("not_understood", "not_understood_in_task", "ask_back", "denied_wish"),
        *("nothing_to_confirm", "nothing_to_correct", "nothing_to_cancel"),
    }
)
_NO_REASONS: Final = frozenset({Reason.NOT_UNDERSTOOD, Reason.CUSTOMER_ASKED})
# Who speaks here, and what can be done: at night above all.
_ANSWERED_TALK: Final = frozenset({Role.WHO, Role.HELP})
# What somebody in the middle of a fraud asks is about that, not about the last article.
_LEANT: Final = "follow_up"
# Choices would only cost them time: what to do now is said instead.
_UNSURE: Final = "ask_back"
_OFFERS_PERSON: Final = "offer_person"


def answer_in_queue(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """The usual rules, as far as they are sure; with a word now and then that the place is kept.

    A bare yes or no answers only what was asked during the wait: after "please wait" it says
    nothing about the terms of a task from before.
    """
    waiting = turn.conversation.waiting or Waiting()
    if (heard.plain_yes or heard.plain_no) and not waiting.asked:
        return None
    decision = on_words(as_bot(turn), heard, content)
    says = tuple(say for say in decision.says if not _is_reply(say, {_OFFERS_PERSON}))
    if decision.escalate in _NO_REASONS or not says or _is_no_answer(says, heard, content):
        return None
    if waiting.about is Reason.FRAUD and decision.rule.startswith(_LEANT):
        return None
    if waiting.about is Reason.FRAUD and decision.rule == _UNSURE:
        says = (Say(reply="fraud_meanwhile"),)
        decision = replace(decision, conversation=turn.conversation)
    elif waiting.about is Reason.FRAUD and _begins_to_pay(turn, decision):
        says = (Say(reply="repay_beside_fraud"), *says)
    return _with_place(still_waiting(replace(decision, says=says), turn), turn)


def note_words(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """Says that words which want something are kept for the person: a question always hears it."""
    before = turn.conversation
    best = heard.whole.best
    business = best is not None and is_offered(best.topic, content)
    likely = business and best is not None and best.probability >= WORTH_ASKING
    asks = business and Mark.QUESTION in heard.whole.marks
    wants = likely or asks or Mark.REQUEST in heard.whole.marks
    if not wants or (_was_told(before) and not asks):
        return None
    kept = place_kept(before, before.turns)
    in_fraud = before.waiting is not None and before.waiting.about is Reason.FRAUD
    said = Say(reply="fraud_meanwhile" if in_fraud else "queue_noted")
    return Decision(rule="noted", conversation=kept, says=(said,))


def _begins_to_pay(turn: TurnView, decision: Decision) -> bool:
    """Whether a repayment was begun just now."""
    before, task = turn.conversation.task, decision.conversation.task
    if task is None or not isinstance(task.state, EarlyRepayment):
        return False
    return before is None or before.id != task.id


def as_bot(turn: TurnView) -> TurnView:
    """The turn as the rules for words see it."""
    conversation = replace(turn.conversation, owner=Owner.BOT, misses=0)
    return replace(turn, conversation=conversation)


def still_waiting(decision: Decision, turn: TurnView) -> Decision:
    """The decision of a rule for words, with the customer still in the queue."""
    kept = replace(
        decision.conversation,
        owner=Owner.QUEUE,
        ticket=turn.conversation.ticket,
        misses=0,
    )
    return replace(decision, conversation=kept)


def _with_place(decision: Decision, turn: TurnView) -> Decision:
    """One short word that the place is kept; a question of the bot's stays last."""
    before, after = turn.conversation, decision.conversation
    if _was_told(before) or decision.escalate is not None:  # its notice speaks of the wait already
        return decision
    kept = Say(reply="still_in_queue")
    asks = after.task is not None and after.task.asked is not None
    says = (kept, *decision.says) if asks else (*decision.says, kept)
    return replace(decision, conversation=place_kept(after, before.turns), says=says)


def _was_told(conversation: Conversation) -> bool:
    """Whether the customer has just heard of the place in the queue."""
    told = conversation.waiting.told_turn if conversation.waiting is not None else None
    return told is not None and conversation.turns - told < EVERY_TURNS


def _is_no_answer(says: tuple[Saying, ...], heard: Heard, content: Content) -> bool:
    """Whether any of it is no answer to business: not sure, or small talk with a customer who waits.

    What is asked may be asked back: the choices are quicker than the person.
    """
    talk = {
        name
        for intent in content.intents.values()
        if not intent.offered
        and not intent.about_task
        and intent.escalates is None
        and intent.role not in _ANSWERED_TALK
        for name in (intent.id.replace(".", "_"), intent.alone_reply)
        if name is not None
    }
    asks = frozenset({"ask_back"}) if Mark.QUESTION in heard.whole.marks else frozenset()
    return any(_is_reply(say, (_NO_ANSWERS | talk) - asks) for say in says)


def _is_reply(say: Saying, names: frozenset[str] | set[str]) -> bool:
    return isinstance(say, Say) and say.reply in names
