"""Amounts of money in both languages, exact to the fen, and the words that only come near one."""

import re
from collections.abc import Iterable
from typing import Final

from servicebot.understanding.slots.amount_pairs import Reading, join_amounts
from servicebot.understanding.slots.amounts import read_amount
from servicebot.understanding.slots.figures import find_figures
from servicebot.understanding.slots.shares import find_shares
from servicebot.understanding.slots.span import Span
from servicebot.understanding.slots.vague_amounts import find_vague_amounts

_MOST_DIGITS: Final = 9
_FEN_PER_YUAN: Final = 100
_AROUND: Final = re.compile(r"^[\s,;:!?\"'(\[<]+|[\s.,;:!?\"')\]>]+$")


def find_money(text: str, *, bare: bool = True) -> tuple[Span, ...]:
    """Finds amounts in a normalized text; the value is in fen.

    A number with a currency, a verb of money before it, an everyday scale (万, k) or instalments
    behind it is certain. Any other number is found only with `bare`, and marked as not certain.
    What is no one exact figure of yuan carries its doubt and is never certain.
    """
    claimed = [*find_shares(text), *find_vague_amounts(text)]
    figures = [one for one in find_figures(text) if not _overlaps(one.start, one.end, claimed)]
    readings = [Reading(figure=one, amount=read_amount(text, one)) for one in figures]
    spans = [*claimed, *join_amounts(text, readings)]
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if (bare or span.certain) and (not chosen or span.start >= chosen[-1].end):
            chosen.append(span)
    return tuple(chosen)


def find_lone_number(text: str) -> Span | None:
    """The number of a text that is nothing but one: an amount that is never certain.

    Unlike `find_money` it also takes 三 and `one`. None for ten digits and more, which are a card
    or a phone, and for what is no number.
    """
    stripped = _AROUND.sub("", text)
    start = text.find(stripped)
    figures = find_figures(stripped)
    if len(figures) != 1 or figures[0].spelled != stripped or figures[0].vague:
        return None
    fen = figures[0].value * _FEN_PER_YUAN
    if fen.denominator != 1 or sum(map(str.isdecimal, stripped)) > _MOST_DIGITS:
        return None
    return Span(start=start, end=start + len(stripped), value=int(fen), certain=False)


def _overlaps(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(span.start < end and start < span.end for span in spans)
