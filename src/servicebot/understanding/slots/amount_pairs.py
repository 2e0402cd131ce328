"""Two numbers side by side: a range (500到800, `2 or 3 hundred`), a choice (500还是1000), a code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from servicebot.domain.understanding import AmountDoubt
from servicebot.understanding.slots.amounts import Amount, is_lone
from servicebot.understanding.slots.figures import Figure
from servicebot.understanding.slots.money_marks import REACH, is_changed
from servicebot.understanding.slots.span import Span

_FARTHEST: Final = 16
_HUNDRED: Final = 100

_TO: Final = re.compile(r"[多几来]? ?(?:到|至|-|to|until|till|up to)(?:大概|大约)? ?[¥￥]?")
_AND: Final = re.compile(r" ?(?:和|跟|与|and) ?[¥￥]?")
_BETWEEN_BEFORE: Final = re.compile(r"(?:between|介于|在) ?[¥￥]?$")
_BETWEEN_BEHIND: Final = re.compile(" ?之?间")
_WHICH: Final = re.compile(r" ?,? ?(?:哪|which)")
_EITHER: Final = (
    r"(?:好|划算|合适|合算|可以|行|吧|呢|的话)? ?[,.?!;]? ?"
    r"(?:还是|或者是?|或是|亦或|抑或|或|要么|要不然?|再不|不然|/|(?<![a-z])or(?: else| maybe| perhaps| even| is it)?(?![a-z])),? ?"
)
_OR: Final = re.compile(
    rf"{_EITHER}(?:说|先|就|要|是|想)?(?:还款?|借|转|取|存|付|交|提)?(?:(?:re)?pay|borrow|just|maybe)? ?[¥￥]?"
)
_ALL: Final = "全部|全额|全还|还清|结清|所有|一次性|(?:all|everything|the whole|the lot|in full|the rest)(?![a-z])"
_OR_ALL: Final = re.compile(rf"{_EITHER}(?:{_ALL})")
_ALL_OR: Final = re.compile(rf"(?:{_ALL})(?: of it)?{_EITHER}(?:还|pay )?[¥￥]?$")
_CODE_AROUND: Final = re.compile(r"\d-$"), re.compile(r"-\d")


class Link(Enum):
    """What two neighbours are to each other."""

    RANGE = "range"
    EITHER = "either"
    CODE = "code"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A number, and the amount it is; None where it is no money."""

    figure: Figure
    amount: Amount | None

    @property
    def start(self) -> int:
        """Where the number with its sign begins."""
        return self.amount.start if self.amount else self.figure.start

    @property
    def end(self) -> int:
        """Where the number with its currency ends."""
        return self.amount.end if self.amount else self.figure.end


def join_amounts(text: str, readings: Sequence[Reading]) -> Iterator[Span]:
    """Gives out the amounts: a range as one span, the sides of a choice as doubtful ones."""
    chosen = False
    place = 0
    while place < len(readings):
        reading, following = readings[place], readings[place + 1 : place + 2]
        link = _link(text, reading, following[0]) if following else None
        if link is Link.RANGE:
            yield _range(reading, following[0])
        elif link is not Link.CODE and link is not Link.COUNTED:
            yield from _single(text, reading, chosen=chosen or link is Link.EITHER)
        chosen = link is Link.EITHER
        place = _behind_code(text, readings, place) if link is Link.CODE else place + 1
        place += 1 if link is Link.RANGE else 0


def _behind_code(text: str, readings: Sequence[Reading], place: int) -> int:
    """The place of the first number that no stroke joins to the ones before."""
    while place + 1 < len(readings):
        if text[readings[place].end : readings[place + 1].figure.start] != "-":
            break
        place += 1
    return place + 1


def _single(text: str, reading: Reading, *, chosen: bool) -> Iterator[Span]:
    amount = reading.amount
    if amount is None:
        return
    if amount.doubt in {None, AmountDoubt.ABOUT} and (chosen or _or_all(text, amount)):
        amount = replace(amount, doubt=AmountDoubt.EITHER_OR, certain=False)
    yield Span(
        start=amount.start,
        end=amount.end,
        value=amount.fen,
        certain=amount.certain,
        doubt=amount.doubt,
    )


def _or_all(text: str, amount: Amount) -> bool:
    """Whether all of it is the other choice: 500还是全部, `everything or just 500`."""
    before = text[max(0, amount.start - REACH) : amount.start]
    return _OR_ALL.match(text, amount.end) is not None or _ALL_OR.search(before) is not None


def _range(first: Reading, second: Reading) -> Span:
    foreign = any(
        one.amount is not None and one.amount.doubt is AmountDoubt.FOREIGN
        for one in (first, second)
    )
    doubt = AmountDoubt.FOREIGN if foreign else AmountDoubt.RANGE
    return Span(start=first.start, end=second.end, value=0, certain=False, doubt=doubt)


def _link(text: str, first: Reading, second: Reading) -> Link | None:
    between = text[first.end : second.figure.start]
    if len(between) > _FARTHEST:
        return None
    shares = _shares_scale(first, second)
    if between == "-" and _is_code(text, first, second):
        return Link.CODE
    if _TO.fullmatch(between) or _is_between(text, first, second, between):
        return _to(text, first, second, shares=shares)
    if _OR.fullmatch(between) or (_AND.fullmatch(between) and _WHICH.match(text, second.end)):
        return _or(first, second, shares=shares)
    listed = between == "," and shares and second.figure.lead == first.figure.value + 1
    return Link.RANGE if listed and second.amount is not None else None


def _to(text: str, first: Reading, second: Reading, *, shares: bool) -> Link | None:
    if second.amount is None:
        return Link.COUNTED if _counts_alike(first, second) else None
    if first.amount is None and not (shares and is_lone(first.figure.spelled)):
        return None
    before = text[max(0, first.start - REACH) : first.start]
    return None if is_changed(before) else Link.RANGE


def _or(first: Reading, second: Reading, *, shares: bool) -> Link | None:
    if second.amount is None:
        return Link.COUNTED if _counts_alike(first, second) else None
    if shares and (first.amount is not None or is_lone(first.figure.spelled)):
        return Link.RANGE
    return Link.EITHER if first.amount is not None else None


def _is_between(text: str, first: Reading, second: Reading, between: str) -> bool:
    if not _AND.fullmatch(between):
        return False
    before = text[max(0, first.start - REACH) : first.start]
    behind = _BETWEEN_BEHIND.match(text, second.end)
    return behind is not None or _BETWEEN_BEFORE.search(before) is not None


def _shares_scale(first: Reading, second: Reading) -> bool:
    """Whether the first has its scale from the second: 2 or 3 hundred, 五到六千."""
    ours, theirs = first.figure, second.figure
    plain = not ours.is_scaled and (first.amount is None or not first.amount.named)
    plain = plain and ours.value == ours.lead and ours.value < _HUNDRED
    return plain and theirs.lead not in {0, theirs.value} and 0 < ours.value < theirs.lead


def _counts_alike(first: Reading, second: Reading) -> bool:
    """Whether both count the same thing: 3到5天, `2 or 3 loans`."""
    named = first.amount is not None and first.amount.named
    value = first.figure.value
    return not named and value < second.figure.value and value < _HUNDRED


def _is_code(text: str, first: Reading, second: Reading) -> bool:
    """Whether figures with strokes between them are a number of something: 138-1234-5678."""
    before, behind = _CODE_AROUND
    if before.search(text[max(0, first.start - 2) : first.start]) or behind.match(text, second.end):
        return True
    named = any(one.amount is not None and one.amount.named for one in (first, second))
    if named:
        return False
    spelled = first.figure.spelled
    coded = first.amount is None or (spelled[0] == "0" and spelled[1:2].isdecimal())
    return coded or first.figure.value >= second.figure.value
