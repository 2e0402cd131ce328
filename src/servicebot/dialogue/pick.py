"""Which of several named things the customer means."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from servicebot.domain.conversation import Choice
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.squeeze import squeeze
from servicebot.domain.task import Named
from servicebot.domain.understanding import SlotKind, SlotValue

_BY: Final = (Mark.THE_LARGEST, Mark.THE_SMALLEST, Mark.THE_OLDEST, Mark.THE_NEWEST)
_YUAN = 100  # fen; nobody names the fen of a loan
_DIGITS = re.compile(r"\d{4,}")


def pick(choices: Sequence[Choice], heard: Heard) -> Choice | None:
    """The one choice the words fit, or None when none or several fit.

    Tried in this order: the label itself, an ordinal (第一笔, the last one), the last digits, the
    product, its size or age beside the others, a bare number that is a position.
    """
    said = squeeze(heard.whole.text)
    labelled = [choice for choice in choices if squeeze(choice.label) == said]
    if len(labelled) == 1:
        return labelled[0]
    for way in (_by_ordinal, _by_tail, _by_product, _by_rank, _by_size):
        found = way(choices, heard)
        if found is not None:
            return found
    return None


def pick_other(choices: Sequence[Choice], taken: str, heard: Heard) -> Choice | None:
    """The choice besides the one that is taken, where the words ask for it and it is the only."""
    if Mark.THE_OTHER not in heard.whole.marks or taken not in {choice.id for choice in choices}:
        return None
    return _only([choice for choice in choices if choice.id != taken])


def pick_named(choices: Sequence[Choice], named: Named, shown: str = "") -> Choice | None:
    """The one choice that fits what was named earlier; `shown` is the one that was shown last."""
    if named.other and shown in {choice.id for choice in choices}:
        return _only([choice for choice in choices if choice.id != shown])
    if named.tail:
        return _only([choice for choice in choices if choice.tail == named.tail])
    if named.place is not None:
        return _at(choices, named.place)
    if named.by is not None:
        return _by_mark(choices, frozenset({named.by}))
    of_product = [choice for choice in choices if choice.product == named.product]
    return _only(of_product) if named.product else None


def named_by(marks: AbstractSet[Mark]) -> Mark | None:
    """The mark that tells one of several by its size or age, where one of them was said."""
    return next((mark for mark in _BY if mark in marks), None)


def narrow_by_product(choices: Sequence[Choice], product: str) -> tuple[Choice, ...]:
    """The choices of a product; all of them where none was named."""
    return tuple(choice for choice in choices if not product or choice.product == product)


def _by_ordinal(choices: Sequence[Choice], heard: Heard) -> Choice | None:
    of_months = Mark.MONTH_PLACE in heard.whole.marks  # 第二期 is no second loan
    position = None if of_months else _position(heard.slot(SlotKind.ORDINAL))
    if position is None and squeeze(heard.whole.text).isdecimal():
        position = int(squeeze(heard.whole.text)[:4])
    return _at(choices, position) if position is not None else None


def _at(choices: Sequence[Choice], place: int) -> Choice | None:
    if place == -1 and choices:
        return choices[-1]
    return choices[place - 1] if 1 <= place <= len(choices) else None


def _position(slot: SlotValue | None) -> int | None:
    return slot.value if slot is not None and isinstance(slot.value, int) else None


def _by_tail(choices: Sequence[Choice], heard: Heard) -> Choice | None:
    said = _DIGITS.findall(heard.whole.text)
    return _only([c for c in choices if c.tail and any(d.endswith(c.tail) for d in said)])


def _by_product(choices: Sequence[Choice], heard: Heard) -> Choice | None:
    slot = heard.slot(SlotKind.PRODUCT)
    if slot is None:
        return None
    return _only([choice for choice in choices if choice.product == slot.value])


def _by_size(choices: Sequence[Choice], heard: Heard) -> Choice | None:
    """The one of which so much is left."""
    sizes = [choice.size_fen for choice in choices if choice.size_fen is not None]
    if len(sizes) < len(choices) or not sizes:
        return None
    slots = [s for s in heard.whole.slots if s.kind is SlotKind.MONEY and not s.certain]
    said = {slot.value // _YUAN for slot in slots if isinstance(slot.value, int)}
    return _only([choice for choice in choices if (choice.size_fen or 0) // _YUAN in said])


def _by_rank(choices: Sequence[Choice], heard: Heard) -> Choice | None:
    """The biggest, the smallest, the oldest or the newest."""
    return _by_mark(choices, heard.whole.marks)


def _by_mark(choices: Sequence[Choice], marks: AbstractSet[Mark]) -> Choice | None:
    """By size or age; what has a size is listed by its age."""
    sizes = [choice.size_fen for choice in choices if choice.size_fen is not None]
    by = named_by(marks)
    if by is None or not sizes or len(sizes) < len(choices):
        return None
    if by in {Mark.THE_OLDEST, Mark.THE_NEWEST}:
        return choices[0 if by is Mark.THE_OLDEST else -1]
    size = max(sizes) if by is Mark.THE_LARGEST else min(sizes)
    return _only([choice for choice in choices if choice.size_fen == size])


def _only(found: Sequence[Choice]) -> Choice | None:
    return found[0] if len(found) == 1 else None
