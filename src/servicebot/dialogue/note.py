"""Keeps what the first words named until the customer and the bank's lists are known."""

from dataclasses import replace

from servicebot.dialogue.pick import named_by
from servicebot.dialogue.repayment.read_amount import Unclear, later_day, read_amount
from servicebot.dialogue.view import TurnView
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.task import (
    CardFreeze,
    EarlyRepayment,
    Lookup,
    Named,
    OfAccount,
    OfLoan,
    TaskState,
)
from servicebot.domain.understanding import SlotKind


def note(state: TaskState, turn: TurnView) -> TaskState:
    """The state with what the words name; what they do not name stays as it was."""
    heard = turn.heard
    if heard is None:
        return state
    match state:
        case EarlyRepayment():
            return _noted(state, heard, turn)
        case Lookup() | OfAccount() | OfLoan() | CardFreeze():
            return replace(state, named=_named(state.named, heard))
        case _:
            return state


def _noted(state: EarlyRepayment, heard: Heard, turn: TurnView) -> EarlyRepayment:
    read = read_amount(heard, asked=False)
    return replace(
        state,
        named=_named(state.named, heard),
        amount=state.amount if read is None or isinstance(read, Unclear) else read,
        later_on=later_day(heard, turn.today) or state.later_on,
    )


def _named(before: Named, heard: Heard) -> Named:
    product, place = heard.slot(SlotKind.PRODUCT), heard.slot(SlotKind.ORDINAL)
    tail = heard.slot(SlotKind.TAIL)
    placed = (
        place is not None
        and isinstance(place.value, int)
        and Mark.MONTH_PLACE not in heard.whole.marks
    )
    return Named(
        product=str(product.value) if product is not None else before.product,
        place=int(str(place.value)) if place is not None and placed else before.place,
        tail=str(tail.value) if tail is not None else before.tail,
        other=Mark.THE_OTHER in heard.whole.marks or before.other,
        by=named_by(heard.whole.marks) or before.by,
    )
