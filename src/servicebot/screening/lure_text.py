"""A text as the reader of lures gets it: folded, figures as noughts, sentence by sentence."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from servicebot.screening.allow_list import Allowed
from servicebot.screening.disguises import as_meant
from servicebot.screening.gate import mark_listed
from servicebot.screening.reading import read
from servicebot.screening.words import load_words

_LONGEST: Final = 54  # of what the reader's encoder cuts words into, it takes hardly more
_LETTERS: Final = 4  # of a Latin word, that are one piece of it
_PIECE = re.compile(r"[a-z]+|[^\sa-z]")
_ENDS = re.compile(r"(?<=[。!?;\n])|(?<=[.] )")


def is_short(text: str) -> bool:
    """Whether the reader takes all of a sentence."""
    return sum(map(_size, _PIECE.findall(read(text).text))) <= _LONGEST


def lure_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text that have words; a long one in parts that overlap by half.

    Each is read alone: a lure stands out among proper sentences, and those of a long message do not
    add up to one. What nobody sees counts for nothing; of figures alone the rules decide.
    """
    reading = read(text)
    found = []
    for begun, ended in _sentences(reading.text):
        for start, end in _parts(reading.text[begun:ended]):
            if any(map(str.isalpha, reading.text[begun + start : begun + end])):
                first, last = reading.place(begun + start, begun + end)
                found.append(text[first:last])
    return tuple(found)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    ends = [found.start() for found in _ENDS.finditer(text)]
    return zip([0, *ends], [*ends, len(text)], strict=True)


def _parts(sentence: str) -> Iterator[tuple[int, int]]:
    """From where to where the parts of a sentence go; each begins in the middle of the one before."""
    pieces = [found.span() for found in _PIECE.finditer(sentence)]
    sizes = [_size(sentence[start:end]) for start, end in pieces]
    first = 0
    while first < len(pieces):
        last, size = first, sizes[first]
        while last + 1 < len(pieces) and size + sizes[last + 1] <= _LONGEST:
            last += 1
            size += sizes[last]
        yield pieces[first][0], pieces[last][1]
        if last + 1 == len(pieces):
            return
        first += max(1, (last - first + 1) // 2)


def _size(piece: str) -> int:
    return 1 + (len(piece) - 1) // _LETTERS


def as_learnt(text: str, allowed: Allowed) -> str:
    """The words of a sentence without what its figures are."""
    folded = as_meant(read(mark_listed(text, allowed))).text
    return _numerals().sub("0", folded).strip()


@lru_cache(maxsize=1)
def _numerals() -> re.Pattern[str]:
    """Digits, and numerals that stand beside another."""
    signs = "".join(load_words().tables["numerals"])
    return re.compile(rf"\d|[{signs}](?=[{signs}])|(?<=[{signs}])[{signs}]")
