"""Reads every value of a message; no character belongs to two of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from servicebot.domain.understanding import SlotKind, SlotValue
from servicebot.understanding.slots.dates import find_dates
from servicebot.understanding.slots.money import find_lone_number, find_money
from servicebot.understanding.slots.ordinals import find_ordinals
from servicebot.understanding.slots.periods import find_periods
from servicebot.understanding.slots.products import NamedProducts, find_products
from servicebot.understanding.slots.span import Span
from servicebot.understanding.slots.tails import find_tails

# Longer messages are pasted texts; reading amounts out of them would invent wishes.
_READ_CHARACTERS: Final = 400


def extract_slots(text: str, *, today: date, products: NamedProducts) -> tuple[SlotValue, ...]:
    """Finds card tails, dates, places in a list, products, periods and amounts, in reading order.

    Where two readings share a character the first of that list wins, so 尾号1234 and 5号 are never
    amounts. A text that is only a number (1, 三) is an amount that is not certain. Only the first
    400 characters are read.

    Args:
        text: The normalized text.
        today: The date at the bank.
        products: What the products are called.
    """
    read = text[:_READ_CHARACTERS]
    claimed = bytearray(len(read))
    found = [
        *_claim(claimed, SlotKind.TAIL, find_tails(read), read),
        *_claim(claimed, SlotKind.DATE, find_dates(read, today=today), read),
        *_claim(claimed, SlotKind.ORDINAL, find_ordinals(read), read),
        *_claim(claimed, SlotKind.PRODUCT, find_products(read, products), read),
        *_claim(claimed, SlotKind.PERIOD, find_periods(read), read),
        *_claim(claimed, SlotKind.MONEY, find_money(read), read),
    ]
    if not found and len(text) == len(read):
        lone = find_lone_number(text)
        found += _claim(claimed, SlotKind.MONEY, [lone] if lone else [], read)
    return tuple(sorted(found, key=lambda slot: slot.start))


def _claim(
    claimed: bytearray, kind: SlotKind, spans: Iterable[Span], text: str
) -> Iterator[SlotValue]:
    """Gives out the spans that nobody has claimed yet, and claims them."""
    for span in spans:
        if not any(claimed[span.start : span.end]):
            claimed[span.start : span.end] = b"\x01" * (span.end - span.start)
            yield SlotValue(
                kind=kind,
                text=text[span.start : span.end],
                start=span.start,
                end=span.end,
                value=span.value,
                certain=span.certain,
                doubt=span.doubt,
            )
