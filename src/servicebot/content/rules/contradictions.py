"""Two answers of one line that say the same thing with different figures."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from servicebot.content.content import Content
from servicebot.content.place import Spot
from servicebot.content.rules.figures import FIGURE
from servicebot.content.rules.finding import PLACEHOLDER, Args, Finding, find
from servicebot.content.rules.texts import Text, article_texts
from servicebot.domain.understanding import Language

_ALIKE: Final = 0.6  # shared pairs of neighbours over all of both, the figures left out
_FEWEST: Final = 5  # pairs; shorter ones say too little
_PART: Final = re.compile(r"[^，。；：！？\n,;:!?（）()]+")
_MARK: Final = "\0"


class _Claim(NamedTuple):
    line: str
    text: Text
    words: str
    pairs: frozenset[tuple[str, str]]
    figures: tuple[str, ...]


def no_contradictions(content: Content) -> Iterator[Finding]:
    """The same words about the same line with another figure."""
    for language in Language:
        claims = [
            claim
            for text in article_texts(content, titles=False)
            if text.language is language
            for claim in _claims(text, content)
        ]
        for one, other in combinations(claims, 2):
            if one.line == other.line and one.text.path != other.text.path and _differ(one, other):
                spot = Spot(one.text.path, one.text.at(one.words))
                args: Args = {"here": _shown(other), "there": _shown(one), "first": spot}
                place = other.text.at(other.words)
                yield find(other.text.path, "contradiction", place, **args)


def _claims(text: Text, content: Content) -> Iterator[_Claim]:
    """The parts of sentences with a figure in them."""
    for part in _PART.finditer(text.words):
        words = part.group()
        figures = [_value(name, content) for name in PLACEHOLDER.findall(words)]
        masked = PLACEHOLDER.sub(_MARK, words)
        figures += [found.group() for found in FIGURE.finditer(masked)]
        if not figures:
            continue
        masked = FIGURE.sub(_MARK, masked)
        units = masked.strip() if text.language is Language.ZH else masked.casefold().split()
        pairs = frozenset(pairwise(units))
        if len(pairs) >= _FEWEST:
            line = text.owner.partition("/")[0]
            yield _Claim(line, text, words.strip(), pairs, tuple(figures))


def _value(name: str, content: Content) -> str:
    value = content.values.get(name.removeprefix("value."))
    return f"{value.value}{value.unit}" if value is not None else name


def _differ(one: _Claim, other: _Claim) -> bool:
    if sorted(one.figures) == sorted(other.figures) or len(one.figures) != len(other.figures):
        return False
    shared = len(one.pairs & other.pairs)
    return shared >= _ALIKE * len(one.pairs | other.pairs)


def _shown(claim: _Claim) -> str:
    return " / ".join(claim.figures)
