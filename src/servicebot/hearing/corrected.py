"""Words that take back what was said before: 说错了,是微业贷; sorry I meant the car loan."""

from typing import Final

from servicebot.domain.marks import Mark
from servicebot.understanding.lexicon import Lexicon

_REPEATED: Final = 3
_BLANKS: Final = " ,.:!"


def read_correction(text: str, lexicon: Lexicon) -> str | None:
    """What a normalized text puts in the place of what was said; None where it takes back nothing.

    Only a mark in front or at the very end counts: 密码输错了 and 征信写错了 are matters.
    """
    rest, found = text, False
    for _ in range(_REPEATED):
        end = _taken_back(rest, lexicon)
        if end is None:
            break
        rest, found = rest[end:].strip(_BLANKS), True
    if not found:
        start = lexicon.at_end(Mark.TAKEN_BACK_AT_END, rest)
        if not start or rest[start - 1] not in _BLANKS:
            return None
        rest = rest[:start]
    return _without_lead(rest.strip(_BLANKS), lexicon) or None


def _taken_back(text: str, lexicon: Lexicon) -> int | None:
    """Where the words in front end that take something back."""
    for start in _starts(text, lexicon):
        end = lexicon.match(Mark.TAKEN_BACK_MEANT, text, start)
        if end is not None:
            return end
        end = lexicon.match(Mark.TAKEN_BACK, text, start)
        if end is not None and _ends_there(text, end, lexicon):
            return end
    return None


def _starts(text: str, lexicon: Lexicon) -> tuple[int, ...]:
    """The beginning, and the places behind each filler in front."""
    starts = [0]
    while (end := lexicon.match(Mark.TAKEN_BACK_FILLER, text, starts[-1])) is not None:
        while end < len(text) and text[end] in _BLANKS:
            end += 1
        starts.append(end)
    return tuple(starts)


def _ends_there(text: str, end: int, lexicon: Lexicon) -> bool:
    if end == len(text) or text[end] in _BLANKS:
        return True
    return lexicon.match(Mark.TAKEN_BACK_LINK, text, end) is not None


def _without_lead(text: str, lexicon: Lexicon) -> str:
    """What is put in place, without 应该是 and the like in front of it."""
    while (end := lexicon.match(Mark.TAKEN_BACK_LEAD, text)) is not None and end < len(text):
        text = text[end:].strip(_BLANKS)
    return text
