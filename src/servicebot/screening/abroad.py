"""Telephone numbers of other countries: behind a plus, 00, a country's name or its code."""

import re
from functools import lru_cache
from typing import Final

from servicebot.screening.digit_runs import Run, is_money_behind, is_order
from servicebot.screening.number_plans import (
    is_as_long_as_dialled,
    is_as_long_as_in,
    is_dialled,
    is_dialled_in,
)
from servicebot.screening.words import load_words

_LONGEST: Final = 15  # ITU-T E.164
_SHORTEST: Final = 10
_NORTH_AMERICAN: Final = 10  # NANP: area 3, exchange 3, line 4
_SHORTEST_OF_ALL: Final = 7  # of an island
_NATIONAL: Final = range(12, 6, -1)
_BEFORE: Final = 24
_PARTS: Final = frozenset(" -()·")
_PARTS_AT_HOME: Final = _PARTS | {"."}
_LEAST_LAST: Final = 3  # digits of the last group


def of_another_country(run: Run, group: int) -> int | None:
    """Behind which group a number of another country ends that begins here; None for none.

    Behind a plus or 00 whatever has the length of one is a number; without them it must be one
    that can be dialled, by the plans that the library phonenumbers carries.
    """
    start = run.groups[group][0]
    if run.text.startswith("+", start - 1) and start:
        behind = _behind_plus(run, group)
    elif run.all_digits.startswith("00", run.offsets[group]):
        behind = _behind_zeros(run, group)
    else:
        named = _region_before(run.text, start) if run.is_beginning(group) else None
        if named is None:
            behind = _behind_code(run, group) or _of_north_america(run, group)
        else:
            behind = _of_region(run, group, named[0], is_called=named[1])
    return None if behind is None or is_money_behind(run.text, run.end) else behind


def _behind_plus(run: Run, group: int) -> int | None:
    start = run.groups[group][0]
    if run.text[max(0, start - 2) : start - 1].isdigit():  # 10000+20000
        return None
    for count in range(_LONGEST, _SHORTEST_OF_ALL - 1, -1):
        behind = run.behind(group, count)
        if behind is not None:
            is_long = count >= _SHORTEST
            return behind if is_long or is_dialled(run.digits(group, behind)) else None
    return None


def _behind_zeros(run: Run, group: int) -> int | None:
    for count in range(_LONGEST + 2, _SHORTEST_OF_ALL + 1, -1):
        behind = run.behind(group, count)
        if behind is None or not run.is_parted_by(group, behind, _PARTS):
            continue
        number = run.digits(group, behind)[2:]
        is_long = len(number) >= _SHORTEST
        is_number = is_as_long_as_dialled(number) if is_long else is_dialled(number)
        return behind if is_number and not is_order(run.text, run.groups[group][0]) else None
    return None


def _of_region(run: Run, group: int, region: str, *, is_called: bool) -> int | None:
    """Of a country that is named before it; where a telephone is named too, any of that length."""
    for count in _NATIONAL:
        behind = run.behind(group, count)
        if behind is None or not run.is_parted_by(group, behind, _PARTS_AT_HOME):
            continue
        digits = run.digits(group, behind)
        if is_dialled_in(region, digits) or (is_called and is_as_long_as_in(region, digits)):
            return behind
    return None


def _behind_code(run: Run, group: int) -> int | None:
    """`852-6283-4719`: a known code, the rest parted from it; no list of round or small numbers."""
    code, start = run.text[slice(*run.groups[group])], run.groups[group][0]
    if code not in _codes() or max(run.lengths(group + 1, group + 3), default=0) < _LEAST_LAST:
        return None
    before = run.text[max(0, start - 1) : start]
    if (before.isascii() and before.isalpha()) or is_order(run.text, start):  # HT66-2026-0915
        return None
    for count in range(_LONGEST - 1, _SHORTEST - 1, -1):
        behind = run.behind(group, count)
        if behind is None or not run.is_parted_by(group, behind, _PARTS):
            continue
        rest = [run.digits(at, at + 1) for at in range(group + 1, behind)]
        is_list = all(one.endswith("00") for one in rest) or sum(len(one) < 3 for one in rest) > 1  # noqa: PLR2004
        is_number = not is_list and len(rest[-1]) >= _LEAST_LAST
        return behind if is_number and is_dialled(run.digits(group, behind)) else None
    return None


def _of_north_america(run: Run, group: int) -> int | None:
    """`(415) 555-0177`, `415-555-0177`: written as it is there, without the code."""
    behind, start = run.behind(group, _NORTH_AMERICAN), run.groups[group][0]
    if behind is None or run.lengths(group, behind) != [3, 3, 4]:
        return None
    area, rest = run.parted_by(group + 1), run.parted_by(group + 2)
    is_bracketed = run.text.startswith("(", max(0, start - 1)) and area.startswith(")")
    is_written_so = is_bracketed or (area == rest and area in {"-", "."})
    is_number = is_written_so and is_dialled(f"1{run.digits(group, behind)}")
    return behind if is_number and not is_order(run.text, start) else None


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(load_words().lists["country_codes"])


@lru_cache(maxsize=1)
def _regions() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """A country's name before a number, the words for a telephone, which country has which name."""
    words = load_words()
    names, fillers = words.any_of("regions"), words.any_of("region_fillers", "persons")
    before = re.compile(rf"(?P<region>{names})(?P<between>(?:[\s:,.(+]|{fillers}){{0,8}}+)$")
    codes = {name.replace(" ", ""): code for name, code in words.tables["regions"].items()}
    return before, re.compile(words.any_of("region_phones")), codes


def _region_before(text: str, start: int) -> tuple[str, bool] | None:
    """The country that is named before a number, and whether a telephone is named with it."""
    before, phones, codes = _regions()
    found = before.search(text[max(0, start - _BEFORE) : start])
    if found is None:
        return None
    return codes["".join(found["region"].split())], phones.search(found["between"]) is not None
