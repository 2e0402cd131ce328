"""Numbers of people: cards, identity numbers, telephones; amounts, dates and orders are none."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from servicebot.screening.abroad import of_another_country
from servicebot.screening.accounts import account_from, card_from
from servicebot.screening.check_digits import are_cards, is_date, is_day, is_province
from servicebot.screening.digit_runs import (
    Run,
    digit_runs,
    is_account,
    is_list_of_sums,
    is_local,
    is_money_before,
    is_money_behind,
    is_order,
    is_price,
)
from servicebot.screening.ids import is_code, is_code_before, is_ordered, is_unit_behind
from servicebot.screening.reading import Reading
from servicebot.screening.spans import Kind, Span
from servicebot.screening.words import load_words

Found = tuple[Kind, int]  # what it is and behind which group it ends
Rule = Callable[[Run, int], Found | None]

_FEWEST: Final = 7
_CENTURIES: Final = frozenset({"19", "20", "21"})
_MOBILE = re.compile(r"(?:0086|086|86|0)?(1[3-9]\d{9})")
_MOBILE_FIRST = re.compile(r"(?:0086|086|86|0)?1[3-9]")
_MOBILE_GROUPS: Final = frozenset({(11,), (3, 4, 4), (4, 4, 3), (3, 8), (7, 4), (3, 3, 5), (5, 6)})
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})[1-9]\d{6,7}")
_ABROAD = re.compile(r"(?:0086|86)(?:10|2\d|[3-9]\d{2})[1-9]\d{6,7}")
_LANDLINE_FIRST = re.compile(r"0(?:10|2\d|[3-9]\d{2})[1-9]|(?:00)?86")
_REGISTERED = re.compile(r"(?<![a-z0-9])[cz]\d{13}(?!\d)")  # a wealth product of a bank
_GLUED_ON = re.compile(r"[^\W\d]{2}")  # 13588204671元优惠
_LONG: Final = 13  # from here on a number without a context is somebody's
_LONG_THERE: Final = 11  # in what leaves
_UNEXPLAINED: Final = 9  # in what leaves, where no word says what the number is
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_PREFIX: Final = 4  # letters of a code in front of its digits
_ACCOUNT: Final = 8
_TWO_CARDS: Final = 20


def find_numbers(reading: Reading, *, strict: bool, spoken: bool = False) -> Iterator[Span]:
    """The numbers of people and accounts in a text.

    Args:
        reading: The text.
        strict: For what leaves: from eleven digits on a number is somebody's.
        spoken: Whether the reading's digits were words.
    """
    for run in digit_runs(reading.text, fewest=_FEWEST, spoken=spoken):
        yield from _in_run(reading, run, strict=strict)


def _in_run(reading: Reading, run: Run, *, strict: bool) -> Iterator[Span]:
    group, count = 0, len(run.groups)
    while group < count:
        harmless = _harmless(run, group)
        is_dated = harmless > group
        is_word = run.touches_letters(group)
        found = None if is_word else _at(run, group, is_dated=is_dated, strict=strict)
        if found is None:
            group = max(group + 1, harmless)
            continue
        kind, behind = found
        start, end = _wider(run, kind, group, behind)
        yield Span(kind, *reading.place(start, end), run.digits(group, behind))
        group = behind


def _at(run: Run, group: int, *, is_dated: bool, strict: bool) -> Found | None:
    offset = run.offsets[group]
    if len(run.all_digits) - offset < _FEWEST:
        return None
    for rule in _RULES_OF[run.all_digits[offset]]:
        if is_dated and rule is not _identity:
            continue
        found = rule(run, group)
        if found is not None:
            return found
    is_long = run.length(group) >= _ACCOUNT and not is_dated
    return _alone(run, group, strict=strict) if is_long else None


def _harmless(run: Run, group: int) -> int:
    """Behind which group a date, a time or a grouped amount ends; `group` where there is none."""
    if len(run.groups) == 1:
        return group
    lengths = run.lengths(group, group + 3)
    if len(lengths) >= 3 and max(lengths[1:]) <= 2:  # noqa: PLR2004  year, month, day
        one, two, three = (run.digits(at, at + 1) for at in range(group, group + 3))
        parts = run.parted_by(group + 1), run.parted_by(group + 2)
        is_day_ = one[:2] in _CENTURIES and lengths[0] == 4 and parts[0] == parts[1]  # noqa: PLR2004
        if is_day_ and is_date(one, two, three):
            return group + 3
        if parts == (":", ":") and max(lengths) <= 2:  # noqa: PLR2004  hours, minutes, seconds
            return group + 3
    return _thousands(run, group)


def _thousands(run: Run, group: int) -> int:
    """Behind which group `1,234,567.89` ends."""
    behind = group + 1
    if run.length(group) > 3 or run.digits(group, behind).startswith("0"):  # noqa: PLR2004
        return group
    while behind < len(run.groups) and run.length(behind) == 3 and run.parted_by(behind) == ",":  # noqa: PLR2004
        behind += 1
    return behind if behind > group + 1 else group


def _identity(run: Run, group: int) -> Found | None:
    if not is_province(run.all_digits[run.offsets[group] : run.offsets[group] + 2]):
        return None
    for count in (18, 17, 19, 15):
        behind = run.behind(group, count)
        if behind is None:
            continue
        digits = run.digits(group, behind)
        has_sign = bool(run.last_sign_end) and behind == len(run.groups)
        day = digits[6:14] if count > 15 else "19" + digits[6:12]  # noqa: PLR2004  the old form
        if is_day(day) or (has_sign and count == 17):  # noqa: PLR2004
            is_sum = behind == group + 1 and is_money_behind(run.text, run.groups[group][1])
            return None if is_sum else (Kind.IDENTITY, behind)
    return None


def _mobile(run: Run, group: int) -> Found | None:
    if not _MOBILE_FIRST.match(run.all_digits, run.offsets[group]):
        return None
    for count in (11, 13, 15, 12, 14):
        behind = run.behind(group, count)
        if behind is None:
            continue
        found = _MOBILE.fullmatch(run.digits(group, behind))
        if found and _is_written_as_phone(run, group, behind, count - 11):
            return Kind.MOBILE, behind
    return None


def _is_written_as_phone(run: Run, group: int, behind: int, prefix: int) -> bool:
    lengths = run.lengths(group, behind)
    end = run.groups[behind - 1][1]
    if len(lengths) == 1:
        start = run.groups[group][0]
        is_sum = is_price(run.text, start) or is_money_behind(run.text, end)
        return not is_sum and not run.has_cents(behind)
    if lengths[0] == prefix:
        lengths = lengths[1:]
    if tuple(lengths) in _MOBILE_GROUPS or set(lengths) == {1}:
        return len(lengths) > 2 or not is_list_of_sums(run, group, behind)  # noqa: PLR2004
    return not is_list_of_sums(run, group, behind)


def _landline(run: Run, group: int) -> Found | None:
    is_abroad = run.text[max(0, run.groups[group][0] - 1) : run.groups[group][0]] == "+"
    if not _LANDLINE_FIRST.match(run.all_digits, run.offsets[group]):
        return None
    for count in (12, 11, 10, 14, 13, 15):
        behind = run.behind(group, count)
        if behind is None:
            continue
        digits = run.digits(group, behind)
        if behind == group + 1 and is_order(run.text, run.groups[group][0]):
            return None
        starts_with_area = behind == group + 1 or run.length(group) in {3, 4}
        if starts_with_area and _LANDLINE.fullmatch(digits) and not _is_sum(run, group, behind):
            return Kind.LANDLINE, behind
        if (is_abroad or digits.startswith("00")) and _ABROAD.fullmatch(digits):
            return Kind.LANDLINE, behind
    return None


def _abroad(run: Run, group: int) -> Found | None:
    behind = of_another_country(run, group)
    return (Kind.PHONE, behind) if behind is not None else None


def _local(run: Run, group: int) -> Found | None:
    """A number of the own town, seven or eight digits, behind the word for a telephone."""
    start = run.groups[group][0]
    for count in (8, 7) if run.is_beginning(group) else ():
        behind = run.behind(group, count)
        if behind is None or len(run.lengths(group, behind)) > 4:  # noqa: PLR2004  2 2 2 2
            continue
        if not is_local(run.text, start):
            return None
        is_date_ = is_day(run.digits(group, behind).ljust(8, "0"))
        if not is_date_ and not is_list_of_sums(run, group, behind):
            return Kind.LANDLINE, behind
    return None


def _card(run: Run, group: int) -> Found | None:
    behind = card_from(run, group)
    return (Kind.CARD, behind) if behind is not None else None


def _account(run: Run, group: int) -> Found | None:
    behind = account_from(run, group)
    return (Kind.NUMBER, behind) if behind is not None else None


def _is_sum(run: Run, group: int, behind: int) -> bool:
    return behind == group + 1 and is_money_behind(run.text, run.groups[group][1])


@lru_cache(maxsize=1)
def _extension() -> re.Pattern[str]:
    words = "|".join(map(re.escape, load_words().lists["extension_words"]))
    return re.compile(rf"\s?(?:{words}|-)\s?\d{{1,5}}(?!\d)")


def _alone(run: Run, group: int, *, strict: bool) -> Found | None:
    """A long number of its own: somebody's, unless the words or its form say otherwise."""
    start, end = run.groups[group]
    digits, count = run.digits(group, group + 1), end - start
    is_sum = is_money_before(run.text, start) or is_price(run.text, start)
    if is_money_behind(run.text, end):
        is_phone = strict and _MOBILE.fullmatch(digits) and _GLUED_ON.match(run.text, end)
        return (Kind.NUMBER, group + 1) if is_phone and not is_sum else None
    if run.has_cents(group + 1) and not strict:
        return None
    is_named = is_account(run.text, start) and not is_sum
    if is_named or (count >= _TWO_CARDS and are_cards(digits)):
        return Kind.NUMBER, group + 1
    is_dated = is_day(digits[:8].ljust(8, "0"))
    is_fraction = run.parted_by(group) == "." and run.length(group - 1) <= 3  # noqa: PLR2004
    is_registered = _REGISTERED.match(run.text, max(0, start - 1)) is not None
    is_ordered_ = is_ordered(run.text, start) if strict else is_order(run.text, start)
    is_business = is_ordered_ or is_dated or is_fraction or is_registered
    is_business |= strict and is_code_before(run.text, _word_start(run.text, start))
    if is_business or (is_sum and count < _TWO_CARDS):
        return None
    is_long = count >= (_LONG_THERE if strict else _LONG)
    is_unexplained = strict and count >= _UNEXPLAINED and not _is_explained(run, group)
    return (Kind.NUMBER, group + 1) if is_long or is_unexplained else None


def _word_start(text: str, start: int) -> int:
    """Where the word begins that a number ends: `WX` of `WX20270915001`."""
    before = text[max(0, start - _PREFIX) : start]
    return start - len(before) + len(before.rstrip(_LETTERS))


def _is_explained(run: Run, group: int) -> bool:
    """Whether words of the bank's business or a unit stand beside a number, or it goes on."""
    start, end = run.groups[group]
    before = run.text[max(0, start - 1) : start]
    is_part = (before.isascii() and before.isalpha()) or run.text[end : end + 1] in {"%", ":"}
    is_counted = is_unit_behind(run.text, end) or run.has_cents(group + 1)
    return is_part or is_counted or is_code(run.text, start, end)


_RULES: Final[tuple[tuple[frozenset[str], Rule], ...]] = (
    (frozenset("12345689"), _identity),
    (frozenset("018"), _mobile),
    (frozenset("0123456789"), _landline),
    (frozenset("0123456789"), _abroad),
    (frozenset("2345678"), _local),
    (frozenset("34569"), _card),
    (frozenset("0123456789"), _account),
)

_RULES_OF: Final = {
    digit: tuple(rule for first, rule in _RULES if digit in first) for digit in "0123456789"
}


def _wider(run: Run, kind: Kind, group: int, behind: int) -> tuple[int, int]:
    """Where the span stands, with its prefix, its last sign and its extension."""
    start, end = run.groups[group][0], run.groups[behind - 1][1]
    if kind is Kind.IDENTITY and run.last_sign_end and behind == len(run.groups):
        return start, run.last_sign_end
    if kind in {Kind.MOBILE, Kind.LANDLINE, Kind.PHONE}:
        while start and run.text[start - 1] in "+(":
            start -= 1
        if extension := _extension().match(run.text, end):
            end = extension.end()
    return start, end
