"""Codes and passwords that no word of their own leads to: come by message, or far behind the word."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from servicebot.screening.check_digits import is_date
from servicebot.screening.digit_runs import is_account, is_money_before, is_money_behind, is_order
from servicebot.screening.words import alternatives, load_words

_CODE: Final = (
    r"(?<![a-z0-9.,¥$€£/_\-])(?<!\d:)(?P<code>\d{6}|\d{3}[ \-]\d{3})(?![\d%]|[.,:/\-]\d|[a-z_])"
)
_FAR = re.compile(r"(?<![a-z0-9.,¥$€£/_\-])(?P<code>\d{4,8})(?![\d%]|[.,:/\-]\d|[a-z_])")
_MIXED = re.compile(
    r"(?<![a-z0-9.\-_])(?P<code>(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9@#!_]{5,20})(?![a-z0-9])"
)
_LEAD = re.compile(r"[a-z]+")
_GAP: Final = 26
_NOWHERE: Final = sys.maxsize
_HAN_GAP: Final = 10
_SIX: Final = 6
_YEARS: Final = range(1900, 2100)
_STOPS = re.compile(r"[\n。!?;]|\.\s")
_VALUE = re.compile(r"[\d\"“「『]")
_BOUND = re.compile(r"(?<![a-z0-9])[a-z]-(?P<code>\d{4,8})(?![\d\-])")
_QUOTED = re.compile(
    r"\s?[:=]?\s?(?P<open>[\"“'「『])(?P<code>[!-~]{2,20}(?:\s[!-~]{2,20}){1,4})[\"”'」』]"
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    sent: re.Pattern[str]
    sent_behind: re.Pattern[str]
    secret: re.Pattern[str]
    password: re.Pattern[str]
    other: re.Pattern[str]
    no_code: re.Pattern[str]
    ends_said: re.Pattern[str]
    unit: re.Pattern[str]
    code_word: re.Pattern[str]
    place: re.Pattern[str]
    no_passwords: frozenset[str]
    devices: frozenset[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = load_words()
    lists = words.lists
    said = words.any_of("said_words", "copulas")
    between = rf"(?:[\s:,，\"'“「]|{said}){{0,8}}+"
    ends = "".join(lists["code_ends"])
    names = words.any_of("digit_names")
    generic = rf"[\u3400-\u9fff](?<![{ends}]){words.signs['code_sign']}"
    ways, messages = words.any_of("by_ways"), words.any_of("by_messages")
    return _Patterns(
        sent=re.compile(rf"(?:{words.any_of('sent_words')}|{names}|{generic}){between}{_CODE}"),
        sent_behind=re.compile(rf"{_CODE}\s?{ways}\s{messages}"),
        secret=re.compile(words.any_of("codes", "passwords")),
        password=re.compile(words.any_of("passwords")),
        other=re.compile(alternatives(lists["other_things"])),
        no_code=re.compile(words.any_of("no_codes") + r"[\s:]*$"),
        ends_said=re.compile(rf"{words.any_of('copulas')}[\s:\"'“]?$"),
        unit=re.compile(rf"\s?(?:{'|'.join(map(re.escape, lists['units']))})"),
        code_word=re.compile(rf"\s?{words.any_of('be_words')}.{{0,16}}?{words.any_of('codes')}"),
        place=re.compile(rf"{words.any_of('ways')}$|[a-z\d,. ]"),
        no_passwords=frozenset(lists["no_passwords"]),
        devices=frozenset(lists["devices"]),
    )


def find_told(text: str, known: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where the codes that came by message stand, and the values far behind a secret's word.

    Args:
        text: Folded.
        known: What `find_secrets` found; behind their words nothing more is looked for.
    """
    yield from _sent(text)
    yield from _behind_words(text, known)


def _sent(text: str) -> Iterator[tuple[int, int]]:
    patterns = _patterns()
    for pattern in (patterns.sent, patterns.sent_behind):
        places = (found.span("code") for found in pattern.finditer(text))
        yield from (place for place in places if _is_code(text, *place))
    for found in _BOUND.finditer(text):
        if patterns.code_word.match(text, found.end()):
            yield found.span("code")


def _behind_words(text: str, known: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    behind = value = 0
    starts = iter(sorted(start for start, _ in known))
    start = next(starts, _NOWHERE)
    for word in _patterns().secret.finditer(text):
        if value < word.end():
            found = _VALUE.search(text, word.end())
            value = found.start() if found else len(text) + _GAP
        while start < word.end():
            start = next(starts, _NOWHERE)
        if start <= value:
            continue
        if word.start() < behind or value > word.end() + _GAP or _is_no_code(text, word):
            continue
        place = _far(text, word)
        if place is not None:
            behind = place[1]
            yield place


def _is_no_code(text: str, word: re.Match[str]) -> bool:
    return _patterns().no_code.search(text[max(0, word.start() - 18) : word.start()]) is not None


def _far(text: str, word: re.Match[str]) -> tuple[int, int] | None:
    """The value behind a secret's word with words of any kind between."""
    end = word.end()
    stop = _STOPS.search(text, end, end + _GAP)
    last = stop.start() if stop else min(len(text), end + _GAP)
    if _patterns().password.fullmatch(word.group()):
        quoted = _QUOTED.match(text, end)
        if quoted and not _are_words(quoted["code"]):
            return quoted.span("code")
        mixed = _MIXED.search(text, end, last)
        if mixed and _is_typed(text, end, mixed):
            return mixed.span("code")
    found = _FAR.search(text, end, last)
    if found is None or _patterns().other.search(text, end, found.start()):
        return None
    is_led = _patterns().ends_said.search(text[end : found.start()]) is not None
    is_code = len(found["code"]) == _SIX or is_led
    return found.span("code") if is_code and _is_code(text, *found.span("code")) else None


def _are_words(quoted: str) -> bool:
    return all(word in _patterns().no_passwords for word in quoted.split())


def _is_typed(text: str, end: int, mixed: re.Match[str]) -> bool:
    """Whether Chinese words alone lead to a value of letters and digits that is no device."""
    between = text[end : mixed.start()]
    lead = _LEAD.match(mixed["code"])
    is_device = lead is not None and lead.group() in _patterns().devices
    is_other = _patterns().other.search(between) or _patterns().place.search(between)
    return len(between) <= _HAN_GAP and not is_device and not is_other


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether digits have the form of a code: no round sum, month, year or thing of its own."""
    digits = "".join(filter(str.isdigit, text[start:end]))
    is_year = int(digits[:4]) in _YEARS and (
        len(digits) == 4 or is_date(digits[:4], digits[4:6], "1")  # noqa: PLR2004
    )
    if is_year or digits.endswith("00"):
        return False
    if is_money_behind(text, end) or _patterns().unit.match(text, end):
        return False
    before = is_money_before(text, start) or is_order(text, start) or is_account(text, start)
    return not before
