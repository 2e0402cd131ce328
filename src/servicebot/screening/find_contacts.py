"""Ways out of the bank that are no page: numbers to call or write to, ids of messengers."""

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
from servicebot.screening.reading import PICTURE, Reading
from servicebot.screening.spans import Kind, Span
from servicebot.screening.words import alternatives, load_words

_BEFORE: Final = 24
_FEWEST: Final = 3
_MOST: Final = 12
_SERVICE = re.compile(r"(?:86)?(?:400|800)\d{7}|106\d{5,17}")
_BANK = re.compile(r"9[56]\d{3}(?:\d|\d{3})?")
_FREE = re.compile(r"1?8(?:00|88|77)\d{7}")
_FIRST = re.compile(r"(?:86)?[48]00|106|9[56]|1?8(?:00|88|77)")
_FORMS: Final = (
    ("148", _SERVICE, (10, 12, *range(8, 21))),
    ("18", _FREE, (11, 10)),
    ("9", _BANK, (8, 6, 5)),
)
_ID: Final = r"_?[a-z0-9](?:[a-z0-9_\-]|\.(?=[a-z0-9]))*+"
_ID_DIGITS: Final = r"\+?\d(?:[ .\-]{0,2}\d){4,19}"
# Bitcoin, Tron, Ethereum.
_COIN = re.compile(
    r"(?<![a-z0-9])(?:bc1[a-z0-9]{25,59}+|t[a-z0-9]{33}+|0x[0-9a-f]{40}+|[13][a-z0-9]{25,33}+)(?![a-z0-9])"
)
_HANDLE = re.compile(r"(?<![a-z0-9._%+\-])@\s?[a-z][a-z0-9_]{3,31}")
_PROSE = re.compile(r"\s[a-z]")  # an English sentence goes on behind
_SHORTEST_ID: Final = 4
_FEWEST_DIGITS: Final = 5
_SIX: Final = 6


@dataclass(frozen=True, slots=True)
class _Patterns:
    word_of_call: re.Pattern[str]
    call: re.Pattern[str]
    called: re.Pattern[str]
    unit: re.Pattern[str]
    messenger: re.Pattern[str]
    is_led: re.Pattern[str]
    turned: re.Pattern[str]
    no_ids: frozenset[str]
    words: frozenset[str]
    quarter: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = load_words()
    marks = r"[\s\d,.、:/()\"'“”‘’「」<>《》【】\[\]\-]"
    names = alternatives(words.lists["messengers"], parted=True)
    wei, xin = words.signs["wei_sounds"], words.signs["xin_sounds"]
    sounds = rf"(?<![{words.signs['no_wei_sounds']}])[{wei}][\s·.\-]?[{xin}]"
    adds = words.any_of("add_words")
    short = words.any_of("short_messengers")
    fillers = words.any_of("id_fillers")
    units = "|".join(map(re.escape, words.lists["units"]))
    turned, owners = words.any_of("turned_fillers"), words.any_of("turned_owners")
    return _Patterns(
        word_of_call=re.compile(words.any_of("call_words")),
        call=re.compile(
            rf"{words.any_of('call_words')}(?:{marks}|{words.any_of('call_fillers')})*+$"
        ),
        called=re.compile(rf"\s?{words.any_of('called_words')}"),
        unit=re.compile(rf"\s?(?:{units})|:\d"),
        messenger=re.compile(
            rf"(?:(?P<add>{adds})|(?P<name>{names}|{sounds})|(?P<short>q[1-9](?=\s?[:=])|{short}))(?=[^a-z0-9]{{0,60}}+[a-z0-9])(?P<between>(?:[\s:,.{PICTURE}·\-=>()\"'“”「」【】@]|{fillers}){{0,12}}+)"
            rf"(?P<id>{_ID_DIGITS}|{_ID})"
        ),
        is_led=re.compile(rf"[:=@{PICTURE}]|{words.any_of('id_leads')}"),
        turned=re.compile(
            rf"(?<![a-z0-9_\-.])(?P<id>{_ID})\s?(?:{turned})?{words.any_of('be_words')}"
            rf"\s?(?:{owners})?\s?{names}"
        ),
        no_ids=frozenset(words.lists["no_ids"]),
        words=frozenset(words.lists["word_messengers"]),
        quarter=re.compile(rf"[1-4](?:[ .\-/]|{words.any_of('date_words')})*(?:20)?\d\d(?!\d)"),
    )


def find_contacts(reading: Reading, *, spoken: bool = False) -> Iterator[Span]:
    """The service numbers and messenger ids of a text."""
    may_call = _patterns().word_of_call.search(reading.text) is not None
    for run in digit_runs(reading.text, fewest=_FEWEST, spoken=spoken):
        yield from _services(reading, run, may_call=may_call)
    for found in _HANDLE.finditer(reading.text):
        yield Span(Kind.MESSENGER, *reading.place(found.start(), found.end()), found.group())
    for found in _COIN.finditer(reading.text):
        if _is_coin(found.group()):
            yield Span(Kind.COIN, *reading.place(found.start(), found.end()), found.group())
    yield from _ids(reading)


def _is_coin(address: str) -> bool:
    """Whether letters and digits are as mixed as in an address for coins, not as in a hash."""
    digits = sum(map(str.isdigit, address))
    is_hash = set(address) <= set("0123456789abcdef")
    return digits >= _FEWEST and (address.startswith("0x") or not is_hash)


def _services(reading: Reading, run: Run, *, may_call: bool) -> Iterator[Span]:
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
    if best is None or _patterns().unit.match(run.text, run.groups[best - 1][1]):
        return None
    return best


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
    return (
        run.has_cents(group + 1)
        or part in {",", "."}
        or (_patterns().unit.match(run.text, end) is not None)
    )


def _ids(reading: Reading) -> Iterator[Span]:
    patterns = _patterns()
    for found in patterns.messenger.finditer(reading.text):
        if _is_id(found):
            yield Span(Kind.MESSENGER, *reading.place(found.start(), found.end()), found["id"])
    for found in patterns.turned.finditer(reading.text):
        if any(sign.isdigit() or sign in "_-" for sign in found["id"]):
            yield Span(Kind.MESSENGER, *reading.place(found.start(), found.end()), found["id"])


def _is_id(found: re.Match[str]) -> bool:
    name, text = found["id"], found.string
    if name in _patterns().no_ids:
        return False
    led_by = text[found.start() : found.start("id")]
    is_led = _patterns().is_led.search(led_by if found["name"] else found["between"]) is not None
    digits = sum(sign.isdigit() for sign in name)
    if not any(sign.isalpha() for sign in name):
        is_word = found["name"] in _patterns().words or found.group().startswith("q")
        is_counted = is_word and not is_led and (digits < _SIX or _patterns().quarter.match(name))
        return digits >= _FEWEST_DIGITS and not is_counted and not _is_quantity(found)
    if len(name) < _SHORTEST_ID or (found["short"] is not None and not is_led):
        return False
    if digits or "_" in name or "-" in name.strip("-"):
        return True
    is_wished = found["add"] is not None and not found["add"].isascii()
    is_led = is_led and PICTURE not in found["between"]
    return is_wished or (is_led and _PROSE.match(text, found.end()) is None)


def _is_quantity(found: re.Match[str]) -> bool:
    """Whether digits behind a messenger's name are a sum, a length or a day."""
    text, end = found.string, found.end()
    is_sum = is_money_behind(text, end) or _patterns().unit.match(text, end) is not None
    return is_sum or _is_dated(found["id"])


def _is_dated(name: str) -> bool:
    plain = "".join(filter(str.isdigit, name))
    return len(plain) == 8 and is_day(plain)  # noqa: PLR2004  year, month, day
