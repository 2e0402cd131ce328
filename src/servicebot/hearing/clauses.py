"""A message -> the clauses that may each be a wish of its own."""

import re
from itertools import islice, pairwise
from typing import Final

from servicebot.domain.marks import Mark
from servicebot.understanding.lexicon import Lexicon

MOST_CLAUSES: Final = 6  # more are a story, not a list of wishes

_PUNCTUATION: Final = re.compile(
    r"(?:(?<!\d)[,.]|[,.](?!\d)|[;!\n])+|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])"
)
_BLANKS: Final = " ,\n"
_LEADS: Final = (Mark.JOINS_LEAD, Mark.ASKS_FIRST)
_SHORTEST: Final = 2


def split_clauses(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The clauses of a normalized text without the words that join them.

    Empty where there are not at least two, or too many to be a list of wishes. A border says
    nothing about the meaning: whether the clauses are wishes is decided when they are understood.
    """
    marked = text.replace("?", "?\n")
    pieces = (p for piece in _PUNCTUATION.split(marked) for p in _at_joints(piece, lexicon))
    found = (c for piece in pieces if len(c := _plain(piece, lexicon)) >= _SHORTEST)
    clauses = tuple(islice(found, MOST_CLAUSES + 1))
    return clauses if 1 < len(clauses) <= MOST_CLAUSES else ()


def _at_joints(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The text, cut in front of every word that joins."""
    joints = [start for start, _ in lexicon.places(Mark.JOINS, text)]
    joints += [start for start, _ in lexicon.places(Mark.JOINS_AGAIN, text)]
    borders = [0, *sorted(set(joints) - {0}), len(text)]
    return tuple(text[a:b] for a, b in pairwise(borders))


def _plain(clause: str, lexicon: Lexicon) -> str:
    """The clause without what joins it to the one before."""
    left = clause.strip(_BLANKS)
    while True:
        ends = (lexicon.match(mark, left) for mark in _LEADS)
        end = next((found for found in ends if found), 0)
        if not end:
            return left.strip()
        left = left[end:].strip(_BLANKS)
