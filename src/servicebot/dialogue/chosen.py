"""A rule: a topic that was named in the last ask-back is meant."""

from dataclasses import replace

from servicebot.content.content import Content
from servicebot.content.topics import topic_of
from servicebot.dialogue.answer_topic import answer_topic
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.means_terms import means_terms
from servicebot.dialogue.pick import pick
from servicebot.dialogue.repayment.read_amount import is_short, read_amount
from servicebot.dialogue.repays import repays
from servicebot.dialogue.say import Say, Title
from servicebot.dialogue.view import TurnView
from servicebot.domain.conversation import Choice
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.squeeze import squeeze
from servicebot.domain.task import Amount
from servicebot.domain.understanding import Band, SlotKind


def chosen(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """A topic named in the last ask-back."""
    offered = turn.conversation.offered
    choice = _picked(offered, heard, content)
    task = turn.conversation.task
    if choice is None and offered and heard.plain_yes and not means_terms(task, heard, content):
        again = Say(reply="which_of_these", choices=tuple(Title(one.id) for one in offered))
        return Decision(rule="which", conversation=turn.conversation, says=(again,))
    placed = heard.slot(SlotKind.ORDINAL) is not None
    if placed and task is not None and task.choices and pick(task.choices, heard) is not None:
        return None  # 第一笔 is the loan that was asked for, not the first topic
    if choice is None:
        return None
    return answer_topic("chosen", topic_of(choice.id), _as_said_before(turn, heard), content)


def _picked(offered: tuple[Choice, ...], heard: Heard, content: Content) -> Choice | None:
    """The choice that is meant; an amount or a loan chooses the only one that it belongs to."""
    places_loan = Mark.LOAN_PLACE in heard.whole.marks
    named = pick(offered, heard) if offered and not places_loan else None
    sure = heard.whole.band is Band.ANSWER and not places_loan
    if named is not None or sure or not is_short(heard):
        return named
    repaying = [choice for choice in offered if repays(topic_of(choice.id), content)]
    belongs = places_loan or isinstance(read_amount(heard, asked=True), Amount)
    return repaying[0] if belongs and len(repaying) == 1 else None


def _as_said_before(turn: TurnView, heard: Heard) -> TurnView:
    """The turn with the values of the words that were asked back, beside those of the choice.

    A place among the topics (2, 第二个) is none among the loans.
    """
    own, text = heard.whole.slots, heard.whole.text
    if Mark.LOAN_PLACE not in heard.whole.marks:
        own = tuple(slot for slot in own if slot.kind is not SlotKind.ORDINAL)
        text = "" if squeeze(text).isdecimal() else text
    whole = replace(heard.whole, text=text, slots=(*turn.conversation.offered_slots, *own))
    return replace(turn, heard=replace(heard, whole=whole))
