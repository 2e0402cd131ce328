"""Whether a message answers the question a task has asked."""

from typing import Final

from servicebot.dialogue.pick import named_by, pick
from servicebot.dialogue.repayment.correct import may_change
from servicebot.dialogue.repayment.read_amount import read_amount
from servicebot.domain.conversation import Task
from servicebot.domain.heard import Heard, YesNo
from servicebot.domain.marks import Mark
from servicebot.domain.squeeze import squeeze
from servicebot.domain.task import Question
from servicebot.domain.understanding import SlotKind

_MOST_CHARACTERS: Final = 24
_MOST_CHARACTERS_BESIDE: Final = 4
_MOST_WORDS_BESIDE: Final = 2
_NAMED_BY_DIGITS: Final = frozenset({Question.WHICH_ACCOUNT, Question.WHICH_CARD})


def answers(task: Task, heard: Heard) -> bool:
    """Whether the message belongs to the task: a yes or no, a choice, a value, the same wish.

    Behind a yes in front a value counts (好,改成600); that the same is wanted says too little.
    """
    if heard.plain_yes or heard.plain_no or heard.leaves_a_loan:
        return True
    if _is_choice(task, heard):
        return True
    if Mark.QUESTION in heard.whole.marks:
        return False
    if heard.yes_no is YesNo.YES:
        return _is_little_else(heard) and _gives_value(task, heard)
    return _gives_value(task, heard) or _same_wish(task, heard)


def _is_little_else(heard: Heard) -> bool:
    """Whether behind a yes hardly anything stands but values: 好,改成600, not 好,我卡里有2000."""
    rest = heard.rest
    if rest is None or sum(slot.kind is SlotKind.MONEY for slot in rest.slots) > 1:
        return False
    left = rest.text
    for slot in rest.slots:
        left = left.replace(slot.text, " ")
    if left.isascii():
        return len(left.split()) <= _MOST_WORDS_BESIDE
    return len(squeeze(left)) <= _MOST_CHARACTERS_BESIDE


def _is_choice(task: Task, heard: Heard) -> bool:
    short = len(heard.whole.text) <= _MOST_CHARACTERS and Mark.QUESTION not in heard.whole.marks
    if not short or not task.choices:
        return False
    # Last digits that none of the choices has are an answer too: there is no such one.
    names_one = task.question in _NAMED_BY_DIGITS and heard.slot(SlotKind.TAIL) is not None
    return names_one or pick(task.choices, heard) is not None


def _gives_value(task: Task, heard: Heard) -> bool:
    if len(heard.whole.text) > 2 * _MOST_CHARACTERS or not may_change(task, heard):
        return False
    names_loan = heard.slot(SlotKind.ORDINAL) or heard.slot(SlotKind.PRODUCT)
    by = named_by(heard.whole.marks)
    if names_loan is not None or by is not None or Mark.THE_OTHER in heard.whole.marks:
        return True
    return read_amount(heard, asked=True) is not None


def _same_wish(task: Task, heard: Heard) -> bool:
    best = heard.whole.best
    return best is not None and best.topic.id == task.intent and heard.whole.is_likely
