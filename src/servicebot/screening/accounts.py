"""Numbers of cards, and of accounts in groups: by length, check digit and the words before them."""

from typing import Final

from servicebot.screening.check_digits import luhn
from servicebot.screening.digit_runs import (
    Run,
    is_account,
    is_list_of_sums,
    is_money_before,
    is_money_behind,
    is_order,
    is_price,
    is_total,
    is_transferred,
)

_CARD_FIRST: Final = frozenset("3456")
_CARD_LENGTHS: Final = (19, 16, 18, 17, 15, 14, 13, 12)
_CARD_GROUPS: Final = frozenset({(6, 10), (6, 13), (4, 6, 5), (8, 8), (6, 12), (10, 6), (8, 4, 4)})
_USUAL: Final = (19, 16)
_PARTED_ACCOUNT: Final = range(12, 25)  # digits
_GROUPS: Final = range(3, 6)  # digits of each
_FEWEST_GROUPS: Final = 3
_MOST_GROUPS: Final = 8
_PARTS: Final = frozenset({" ", "-"})


def card_from(run: Run, group: int) -> int | None:
    """Behind which group a card ends that begins with a group; None where none does."""
    is_usual = run.all_digits[run.offsets[group]] in _CARD_FIRST
    for count in _CARD_LENGTHS if is_usual else _USUAL:
        behind = run.behind(group, count)
        if behind is not None and _is_card(run, group, behind, count):
            return behind
    return None


def _is_card(run: Run, group: int, behind: int, count: int) -> bool:
    digits = run.digits(group, behind)
    lengths = run.lengths(group, behind)
    if digits[0] not in _CARD_FIRST and not (digits.startswith("9") and count in _USUAL):
        return False
    if behind == group + 1:
        return _is_glued_card(run, group, digits)
    return not is_list_of_sums(run, group, behind) and _is_parted_card(run, group, digits, lengths)


def _is_parted_card(run: Run, group: int, digits: str, lengths: list[int]) -> bool:
    count = len(digits)
    is_usual = set(lengths[:-1]) in ({4}, {1}) and lengths[-1] <= 4  # noqa: PLR2004
    is_usual = is_usual or tuple(lengths) in _CARD_GROUPS
    if is_usual:
        is_of_bank = count in _USUAL and digits.startswith(("62", "4", "5"))
        return luhn(digits) or (is_of_bank and set(lengths) != {1})
    if min(lengths[:-1]) == 1:
        return count in _USUAL and luhn(digits) and is_account(run.text, run.groups[group][0])
    return count in _USUAL and (luhn(digits) or digits.startswith("62"))


def _is_glued_card(run: Run, group: int, digits: str) -> bool:
    start, end = run.groups[group]
    if run.has_cents(group + 1):
        return False
    if is_money_behind(run.text, end):  # so many yuan nobody has
        is_sum = is_money_before(run.text, start) or is_total(run.text, start)
        return len(digits) in _USUAL and luhn(digits) and (not start or not is_sum)
    if luhn(digits):
        return digits.startswith("62") or not is_order(run.text, start)
    is_of_bank = len(digits) in _USUAL and digits.startswith(("62", "4", "5"))
    return is_of_bank and not is_order(run.text, start)


def account_from(run: Run, group: int) -> int | None:
    """Behind which group an account in groups ends: `账户 0200 0012 0920 0123 456`.

    Words of accounts stand before it, and its groups are of much the same length.
    """
    start = run.groups[group][0]
    if run.length(group) not in _GROUPS or not run.is_beginning(group):
        return None
    if not is_account(run.text, start) and not is_transferred(run.text, start):
        return None
    behind, last = group + 1, min(len(run.groups), group + _MOST_GROUPS)
    while behind < last and run.length(behind) in _GROUPS and run.parted_by(behind) in _PARTS:
        behind += 1
    count = run.offsets[behind] - run.offsets[group]
    is_long = behind - group >= _FEWEST_GROUPS and count in _PARTED_ACCOUNT
    is_sum = is_list_of_sums(run, group, behind) or is_price(run.text, start)
    return behind if is_long and not is_sum else None
