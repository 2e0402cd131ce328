"""Choices by place: 第一笔, 最后一个, `the second one`, `#2`, `last`."""

import re
from typing import Final

from servicebot.understanding.slots.chinese_numerals import parse_number
from servicebot.understanding.slots.span import Span

LAST: Final = -1
_MOST: Final = 99
_HAN: Final = "一二两三四五六七八九十"
_COUNTERS: Final = "笔个张条项款种家套只份单行"
_ENGLISH: Final = {
    word: place
    for place, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
        ],
        start=1,
    )
}
_WORDS: Final = "|".join(_ENGLISH)
_NOUNS: Final = (
    "one|loan|draw|card|option|choice|account|item|payment|bill|entry|application|product|company"
)

_CHINESE: Final = re.compile(
    rf"(?P<last>最后(?:的)?(?:那|这)?(?:一|1)?[{_COUNTERS}]|倒数第(?:一|1)[{_COUNTERS}]?|最后(?:一|1)(?=$|[\W_]))"
    rf"|第 ?(?P<place>\d{{1,2}}|[{_HAN}]{{1,3}})(?:[{_COUNTERS}]|(?=$|[\W_]|吧|的))"
    rf"|(?P<head>头)(?:一|1)?[{_COUNTERS}]"
    rf"|(?:选项?|选择) ?(?P<option>\d{{1,2}}|[{_HAN}])(?![\d{_HAN}百千万元块k%期天年月周])",
)
_ENGLISH_PATTERN: Final = re.compile(
    rf"\b(?:the |my )?(?P<word>{_WORDS})(?= (?:{_NOUNS})\b)(?: (?:{_NOUNS})\b)"
    rf"|\b(?:the|my) (?P<bare>{_WORDS})(?=$|[.,!?;]| please\b)"
    rf"|^(?P<alone>{_WORDS})(?=$|[.,!?;]| please\b)"
    rf"|\b(?:the |my )?(?P<digits>\d{{1,2}})(?:st|nd|rd|th) (?:{_NOUNS})\b"
    r"|#(?P<sign>\d{1,2})(?!\d)"
    r"|\b(?:number|no\.?|option|choice) ?(?P<number>\d{1,2})\b(?![.,]?\d)"
    rf"|\b(?P<last>(?:the |my )?last(?: (?:{_NOUNS})\b|(?=$|[.,!?;]| please\b)))",
)


def find_ordinals(text: str) -> tuple[Span, ...]:
    """Finds places in a list; the last one is -1."""
    found = [_chinese(match) for match in _CHINESE.finditer(text)]
    found += [_english(match) for match in _ENGLISH_PATTERN.finditer(text)]
    return tuple(span for span in found if span is not None)


def _chinese(match: re.Match[str]) -> Span | None:
    if match.group("last"):
        return Span(start=match.start(), end=match.end(), value=LAST)
    if match.group("head"):
        return Span(start=match.start(), end=match.end(), value=1)
    number = parse_number(match.group("place") or match.group("option"))
    return None if number is None else _place(match, int(number))


def _english(match: re.Match[str]) -> Span | None:
    groups = match.groupdict()
    if groups["last"]:
        return Span(start=match.start(), end=match.end(), value=LAST)
    word = groups["word"] or groups["bare"] or groups["alone"]
    if word:
        return Span(start=match.start(), end=match.end(), value=_ENGLISH[word])
    return _place(match, int(groups["digits"] or groups["sign"] or groups["number"]))


def _place(match: re.Match[str], place: int) -> Span | None:
    if not 1 <= place <= _MOST:
        return None
    return Span(start=match.start(), end=match.end(), value=place)
