"""Digits that stand together: groups with what parts them, and the windows over them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

from servicebot.screening.words import load_words

_SEPARATORS: Final = r" \n.,/_·:、。()【】「」『』《》<>{}~|'\"“”\[\]+*\-"
_RUN = re.compile(rf"\d++(?:[{_SEPARATORS}]{{1,4}}+\d++)*+")
_GROUP = re.compile(r"\d+")
_LAST_SIGN = re.compile(r"[ \n.\-/·]{0,2}+[x×](?![a-z0-9])")  # of an identity number
_TOKEN: Final = 40  # characters of a word on either side of digits
_AROUND = re.compile(r"[a-z0-9]+")
_CENTS: Final = 2
_PRICE: Final = 5  # characters of a currency before a number
_GLUED: Final = 11  # digits of a number that may be glued into letters
_BEFORE: Final = 16  # characters in which a word speaks of the number behind it


@dataclass(frozen=True, slots=True)
class Run:
    """Groups of digits.

    Attributes:
        text: The folded text.
        groups: Where each group stands.
        all_digits: Of all groups, one behind the other.
        offsets: How many digits stand before each group, and at last of all.
        behind_offset: From so many digits to the group before which they stand.
        last_sign_end: Behind an X that ends an identity number; 0 where there is none.
    """

    text: str
    groups: tuple[tuple[int, int], ...]
    all_digits: str
    offsets: tuple[int, ...]
    behind_offset: Mapping[int, int]
    last_sign_end: int

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.groups[0][0]

    @property
    def end(self) -> int:
        """Behind its last digit."""
        return self.groups[-1][1]

    def is_beginning(self, group: int) -> bool:
        """Whether words in front of the run may still speak of a group."""
        return self.groups[group][0] - self.start <= _BEFORE

    def length(self, group: int) -> int:
        """How many digits a group has."""
        return self.offsets[group + 1] - self.offsets[group]

    def lengths(self, first: int, behind: int) -> list[int]:
        """How many digits each of some groups has."""
        return [end - start for start, end in self.groups[first:behind]]

    def digits(self, first: int, behind: int) -> str:
        """The digits of some groups."""
        return self.all_digits[self.offsets[first] : self.offsets[behind]]

    def parted_by(self, group: int) -> str:
        """What stands in front of a group, to the one before it."""
        return self.text[self.groups[group - 1][1] : self.groups[group][0]] if group else ""

    def is_parted_by(self, first: int, behind: int, signs: frozenset[str]) -> bool:
        """Whether nothing but some signs stands between groups."""
        text, groups = self.text, self.groups
        ends = ((groups[at - 1][1], groups[at][0]) for at in range(first + 1, behind))
        return all(signs.issuperset(text[end:start]) for end, start in ends)

    def behind(self, first: int, count: int) -> int | None:
        """Behind which group so many digits end that begin with a group; None within a group."""
        return self.behind_offset.get(self.offsets[first] + count)

    def has_cents(self, behind: int) -> bool:
        """Whether what ends before a group goes on with `.50` and nothing more."""
        is_last = behind == len(self.groups) - 1
        return is_last and self.parted_by(behind) == "." and self.length(behind) <= _CENTS

    def touches_letters(self, group: int) -> bool:
        """Whether a group is a part of a word such as `3f138a` and no number.

        A long number is none where letters alone are glued to its ends.
        """
        start, end = self.groups[group]
        before = start > 0 and self.text[start - 1].isascii() and self.text[start - 1].isalpha()
        behind = self.text[end : end + 1]
        if not (before and behind.isascii() and behind.isalpha()):
            return False
        return end - start < _GLUED or self._has_more_digits(start, end)

    def _has_more_digits(self, start: int, end: int) -> bool:
        """Whether the word around a group has digits elsewhere too."""
        front = self.text[max(0, start - _TOKEN) : start][::-1]
        around = _AROUND.match(front), _AROUND.match(self.text, end, end + _TOKEN)
        return any(any(map(str.isdigit, one.group())) for one in around if one is not None)


def digit_runs(text: str, *, fewest: int, spoken: bool = False) -> Iterator[Run]:
    """The runs of a folded text, in order.

    Args:
        text: As it was read.
        fewest: Shorter ones, with what parts them, are passed over.
        spoken: Whether digits may be parted by words too.
    """
    for found in (_spoken_run() if spoken else _RUN).finditer(text):
        if found.end() - found.start() < fewest:
            continue
        groups = tuple(
            (group.start(), group.end())
            for group in _GROUP.finditer(text, found.start(), found.end())
        )
        yield _run(text, groups)


@lru_cache(maxsize=1)
def _spoken_run() -> re.Pattern[str]:
    words = "|".join(load_words().lists["separator_words"])
    return re.compile(rf"\d++(?:(?:[{_SEPARATORS}]|{words}){{1,4}}+\d++)*+")


def _run(text: str, groups: tuple[tuple[int, int], ...]) -> Run:
    offsets = (0, *accumulate(end - start for start, end in groups))
    sign = _LAST_SIGN.match(text, groups[-1][1])
    return Run(
        text=text,
        groups=groups,
        all_digits="".join(text[start:end] for start, end in groups),
        offsets=offsets,
        behind_offset={offset: group for group, offset in enumerate(offsets)},
        last_sign_end=sign.end() if sign else 0,
    )


@dataclass(frozen=True, slots=True)
class _Context:
    money_after: re.Pattern[str]
    money_before: tuple[str, ...]
    money_fillers: str
    money_ends: tuple[str, ...]
    order: re.Pattern[str]
    account: re.Pattern[str]
    transfer: re.Pattern[str]
    price: re.Pattern[str]
    local: re.Pattern[str]


@lru_cache(maxsize=1)
def _context() -> _Context:
    words = load_words()
    goes_on = "|".join(words.lists["money_goes_on"])
    return _Context(
        money_after=re.compile(rf"[ ]?{words.any_of('money_after')}(?!{goes_on})"),
        money_before=words.lists["money_before"],
        money_fillers=" :,=(" + "".join(words.lists["money_fillers"]),
        money_ends=words.lists["money_ends"],
        order=re.compile(words.any_of("order_words")),
        account=re.compile(words.any_of("account_words")),
        transfer=re.compile(rf"{words.any_of('transfer_words')}[\s:]{{0,3}}+$"),
        price=re.compile(rf"{words.any_of('currencies')}\s?$"),
        local=re.compile(
            rf"{words.any_of('local_words')}(?:[\s:,.]|{words.any_of('local_fillers')}){{0,5}}+$"
        ),
    )


def is_money_behind(text: str, end: int) -> bool:
    """Whether the number that ends here is a sum: a currency stands behind it."""
    return _context().money_after.match(text, end) is not None


def is_money_before(text: str, start: int) -> bool:
    """Whether the number that begins here is a sum: words of money stand before it."""
    before = text[max(0, start - _BEFORE) : start].rstrip(_context().money_fillers)
    return before.endswith(_context().money_before)


def is_total(text: str, start: int) -> bool:
    """Whether a word of sums stands before a number: `共 …`."""
    return text.endswith(_context().money_ends, 0, start)


def is_list_of_sums(run: Run, group: int, behind: int) -> bool:
    """`13000 200000元`: round sums side by side, or sums with their currency."""
    if is_money_behind(run.text, run.end):
        return True
    one_each = [run.digits(at, at + 1) for at in range(group, behind)]
    return all(one.endswith("00") and one[0] != "0" and len(one) < 6 for one in one_each)  # noqa: PLR2004


def is_price(text: str, start: int) -> bool:
    """Whether the sign, code or name of a currency stands before a number."""
    return _context().price.search(text[max(0, start - _PRICE) : start]) is not None


def is_local(text: str, start: int) -> bool:
    """Whether the word for a telephone stands before a number."""
    return _context().local.search(text[max(0, start - _BEFORE) : start]) is not None


def is_order(text: str, start: int) -> bool:
    """Whether words of orders, receipts and contracts stand before a number."""
    return _context().order.search(text, max(0, start - _BEFORE), start) is not None


def is_transferred(text: str, start: int) -> bool:
    """Whether words of a transfer to somewhere stand right before a number."""
    return _context().transfer.search(text, max(0, start - _BEFORE), start) is not None


def is_account(text: str, start: int) -> bool:
    """Whether words of accounts and cards stand before a number."""
    return _context().account.search(text, max(0, start - _BEFORE), start) is not None
