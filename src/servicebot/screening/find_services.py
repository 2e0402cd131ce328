"""Service numbers and short numbers: 95xxx, 400, and whatever stands behind a word such as 拨打."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from servicebot.screening.check_digits import is_day
from servicebot.screening.digit_runs import (
    Run,
    digit_runs,
    is_money_before,
    is_money_behind,
    is_order,
)
from servicebot.screening.ids import is_unit_behind
from servicebot.screening.reading import Reading
from servicebot.screening.spans import Kind, Span
from servicebot.screening.words import load_words

_BEFORE: Final = 24
_FEWEST: Final = 3
_MOST: Final = 12
_SERVICE = re.compile(r"(?:86)?(?:400|800)\d{7}|106\d{5,17}")
_BANK = re.compile(r"9[56]\d{3}(?:\d|\d{3})?")
_FREE = re.compile(r"1?8(?:00|88|77)\d{7}")
_FIRST = re.compile(r"(?:86)?[48]00|106|9[56]|1?8(?:00|88|77)")
_PART_OF_WORD = re.compile(r"[a-z]\d")  # 2027q1
_FORMS: Final = (
    ("148", _SERVICE, (10, 12, *range(8, 21))),
    ("18", _FREE, (11, 10)),
    ("9", _BANK, (8, 6, 5)),
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    word_of_call: re.Pattern[str]
    call: re.Pattern[str]
    called: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = load_words()
    marks = r"[\s\d,.、:/()\"'“”‘’「」<>《》【】\[\]\-]"
    return _Patterns(
        word_of_call=re.compile(words.any_of("call_words")),
        call=re.compile(
            rf"{words.any_of('call_words')}(?:{marks}|{words.any_of('call_fillers')})*+$"
        ),
        called=re.compile(rf"\s?{words.any_of('called_words')}"),
    )


def find_services(reading: Reading, *, spoken: bool = False) -> Iterator[Span]:
    """The service numbers and the numbers to call of a text."""
    may_call = _patterns().word_of_call.search(reading.text) is not None
    for run in digit_runs(reading.text, fewest=_FEWEST, spoken=spoken):
        yield from _in_run(reading, run, may_call=may_call)


def _in_run(reading: Reading, run: Run, *, may_call: bool) -> Iterator[Span]:
    group, count = 0, len(run.groups)
    while group < count:
        behind = _service_from(run, group, may_call=may_call)
        if behind is not None:
            place = reading.place(run.groups[group][0], run.groups[behind - 1][1])
            yield Span(Kind.SERVICE, *place, run.digits(group, behind))
        group = behind or group + 1


def _service_from(run: Run, group: int, *, may_call: bool) -> int | None:
    start = run.groups[group][0]
    is_any = _FIRST.match(run.all_digits, run.offsets[group]) is not None
    for first, pattern, counts in _FORMS if is_any else ():
        for count in counts if run.text[start] in first else ():
            behind = run.behind(group, count)
            if behind is None or not pattern.fullmatch(run.digits(group, behind)):
                continue
            is_glued = behind == group + 1
            if is_glued and _is_figure(run, group):
                return None
            if is_glued or pattern is not _BANK:
                return None if is_money_behind(run.text, run.groups[behind - 1][1]) else behind
    if _patterns().called.match(run.text, run.groups[group][1]) or (
        may_call and _is_called(run.text, start)
    ):
        return _called_from(run, group)
    return None


def _called_from(run: Run, group: int) -> int | None:
    """The number behind a word such as 拨打: as many groups as a telephone number may have."""
    if _is_figure(run, group):
        return None
    best = None
    for count in range(_FEWEST, _MOST + 1):
        behind = run.behind(group, count)
        if behind is not None and all(
            len(run.parted_by(at)) == 1 and run.parted_by(at) not in ",、:。"
            for at in range(group + 1, behind)
        ):
            best = behind
    if best is None:
        return None
    end = run.groups[best - 1][1]
    is_other = is_unit_behind(run.text, end) or _PART_OF_WORD.match(run.text, end)
    return None if is_other else best


def _is_called(text: str, start: int) -> bool:
    before = text[max(0, start - _BEFORE) : start]
    return _patterns().call.search(before) is not None


def _is_figure(run: Run, group: int) -> bool:
    """Whether a group is a part of a sum, a date, a time or an order, and no number to call."""
    start, end = run.groups[group]
    digits = run.digits(group, group + 1)
    if is_money_behind(run.text, end) or is_money_before(run.text, start):
        return True
    if is_order(run.text, start) or (len(digits) == 8 and is_day(digits)):  # noqa: PLR2004
        return True
    part = run.parted_by(group)
    return run.has_cents(group + 1) or part in {",", "."} or is_unit_behind(run.text, end)
