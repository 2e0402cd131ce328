"""The amount that words name, and words that name none although they sound like it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from servicebot.domain.acts import Act
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.task import Amount, DueNow, Sum, WholeLoan
from servicebot.domain.understanding import AmountDoubt, SlotKind

_MOST_CHARACTERS: Final = 24
_ANOTHER: Final = frozenset({Mark.TOO_MUCH, Mark.MORE_BY, Mark.LESS_BY})
_MOST_LATIN_CHARACTERS: Final = 48


class Unclear(StrEnum):
    """Why words name no amount; the value is the name of the reply that says so."""

    HALF = "amount_half"
    BOTH = "amount_both"
    WHICH = "amount_which"
    NO_YUAN = "amount_no_yuan"
    SHARE = "amount_share"
    INEXACT = "amount_inexact"
    OTHER = "amount_other"


def read_amount(heard: Heard, *, asked: bool) -> Amount | Unclear | None:
    """The amount the words name: a sum, the whole loan, what is due; or why they name none.

    Args:
        heard: The words.
        asked: Whether an amount was asked for: only then a bare number is one.
    """
    if heard.plain_yes or heard.act is Act.REFUSE or tells_the_past(heard):
        return None
    unclear = _unclear(heard, asked=asked)
    if unclear is not None:
        return unclear
    fen = _sums(heard, asked=asked)
    if fen:
        return Sum(fen=fen[-1])
    return _without_figure(heard)


def _without_figure(heard: Heard) -> Amount | Unclear | None:
    """What words mean that hold no figure."""
    if not _ANOTHER.isdisjoint(heard.whole.marks):
        return Unclear.OTHER
    if _is_due(heard):
        return DueNow()
    return WholeLoan() if Mark.THE_WHOLE in heard.whole.marks else None


def is_short(heard: Heard) -> bool:
    """Whether the words are short enough to be nothing but an amount or a correction."""
    text = heard.whole.text
    return len(text) <= (_MOST_LATIN_CHARACTERS if text.isascii() else _MOST_CHARACTERS)


def tells_the_past(heard: Heard) -> bool:
    """Whether the words tell what has happened: an amount in them is none to repay now."""
    return Mark.IN_THE_PAST in heard.whole.marks and not _is_due(heard)


def later_day(heard: Heard, today: date) -> date | None:
    """The day after today the words name for the repayment; None where they name what is due."""
    slot = heard.slot(SlotKind.DATE)
    if slot is None or not isinstance(slot.value, date) or _is_due(heard):
        return None
    return slot.value if slot.value > today else None


def _is_due(heard: Heard) -> bool:
    return Mark.WHAT_IS_DUE in heard.whole.marks


def _unclear(heard: Heard, *, asked: bool) -> Unclear | None:
    if Mark.BOTH in heard.whole.marks:
        return Unclear.BOTH
    if Mark.HALF in heard.whole.marks and not _sums(heard, asked=False):
        return Unclear.HALF
    doubts = [slot.doubt for slot in heard.whole.slots if slot.doubt is not None]
    return _DOUBTS[doubts[-1]] if doubts else None


_DOUBTS: Final[Mapping[AmountDoubt, Unclear]] = MappingProxyType(
    {
        AmountDoubt.EITHER_OR: Unclear.WHICH,
        AmountDoubt.FOREIGN: Unclear.NO_YUAN,
        AmountDoubt.NEGATIVE: Unclear.NO_YUAN,
        AmountDoubt.PERCENT: Unclear.SHARE,
        AmountDoubt.RANGE: Unclear.INEXACT,
        AmountDoubt.ABOUT: Unclear.INEXACT,
    }
)


def _sums(heard: Heard, *, asked: bool) -> tuple[int, ...]:
    return tuple(
        slot.value
        for slot in heard.whole.slots
        if slot.kind is SlotKind.MONEY
        and isinstance(slot.value, int)
        and slot.value > 0
        and slot.doubt is None
        and (slot.certain or asked)
    )
