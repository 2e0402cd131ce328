"""Whether words that sound like a yes say it to exactly what was asked."""

from collections.abc import Mapping
from typing import Final

from servicebot.domain.marks import Mark
from servicebot.domain.task import (
    CardFreeze,
    CardRef,
    DueNow,
    EarlyRepayment,
    Sum,
    Task,
    TaskState,
    Unlinking,
    WholeLoan,
)
from servicebot.domain.understanding import SlotKind, SlotValue, Understanding

# What says how much: all of it, half of it, what is due.
_HOW_MUCH: Final = frozenset({Mark.THE_WHOLE, Mark.HALF, Mark.BOTH, Mark.WHAT_IS_DUE})
# What may stand beside the very sum: pay off the 500.
_THE_SUM: Final = frozenset({Mark.THE_WHOLE, Mark.WHAT_IS_DUE})
# What asks, or says yes on a condition or perhaps.
_HOLDS_BACK: Final = frozenset({Mark.QUESTION, Mark.RESERVATION})
_DEEDS: Final[Mapping[type[TaskState], Mark]] = {
    EarlyRepayment: Mark.PAYS,
    CardFreeze: Mark.STOPS_A_CARD,
    Unlinking: Mark.UNLINKS,
}
# Which of several is meant: that is another one than was shown.
_OTHER_LOAN: Final = frozenset(
    {
        *(Mark.THE_OTHER, Mark.THE_LARGEST, Mark.THE_SMALLEST),
        *(Mark.THE_OLDEST, Mark.THE_NEWEST),
    }
)
_VALUES: Final = frozenset({SlotKind.MONEY, SlotKind.ORDINAL, SlotKind.DATE, SlotKind.TAIL})


def is_plain_consent(words: Understanding, task: Task | None) -> bool:
    """Whether nothing in the words asks, holds back, or names another sum, day or place than was asked about.

    The very sum and account of the question may be repeated: `对, 就从 1234 还 500`. What is done
    by oneself or somewhere else is no consent: `好, 我自己去微信还`.
    """
    state = task.state if task is not None else None
    asked = state if isinstance(state, EarlyRepayment) else None
    values = [slot for slot in words.slots if slot.kind in _VALUES]
    card = state.card if isinstance(state, CardFreeze) else None
    repeated = all(_repeats(slot, asked, card) for slot in values)
    meant = _marks_of(asked) | (_THE_SUM if values else frozenset())
    plain = words.marks.isdisjoint(_HOLDS_BACK)
    if not _names_no_other_deed(words, state) or not words.marks.isdisjoint(_OTHER_LOAN):
        return False
    here = isinstance(state, Unlinking) or Mark.ELSEWHERE not in words.marks
    return plain and here and repeated and words.marks & _HOW_MUCH <= meant


def _names_no_other_deed(words: Understanding, state: TaskState | None) -> bool:
    """Whether the deed that is named, if one is, is the one that was asked about."""
    named = words.marks & frozenset(_DEEDS.values())
    return not named or state is None or _DEEDS.get(type(state)) in named


def _repeats(slot: SlotValue, asked: EarlyRepayment | None, card: CardRef | None) -> bool:
    """Whether a value is one of those that were asked about."""
    if slot.kind is SlotKind.TAIL:
        return _is_account(slot, asked) or (card is not None and card.tail in slot.text)
    if slot.kind is not SlotKind.MONEY or slot.doubt is not None:
        return False
    account = not slot.certain and _is_account(slot, asked)
    return account or slot.value in _sums_of(asked)


def _is_account(slot: SlotValue, asked: EarlyRepayment | None) -> bool:
    """Whether the digits are those of the account that was shown."""
    terms = asked.terms if asked is not None else None
    return terms is not None and terms.account.tail in slot.text


def _marks_of(asked: EarlyRepayment | None) -> frozenset[Mark]:
    """The words for how much that mean just what was asked about."""
    amount = asked.amount if asked is not None else None
    if isinstance(amount, WholeLoan):
        return frozenset({Mark.THE_WHOLE})
    return frozenset({Mark.WHAT_IS_DUE}) if isinstance(amount, DueNow) else frozenset()


def _sums_of(asked: EarlyRepayment | None) -> frozenset[int]:
    """The sums that were asked about, in fen."""
    if asked is None:
        return frozenset()
    named = {asked.amount.fen} if isinstance(asked.amount, Sum) else set()
    return frozenset(named | ({asked.terms.total_fen} if asked.terms is not None else set()))
