"""No two topics are taught nearly the same phrase: the bot could only guess between them."""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from servicebot.content.content import Content
from servicebot.content.place import Place, Spot
from servicebot.content.rules.finding import Args, Finding, find, squeeze
from servicebot.domain.understanding import Language

# Shared pairs of neighbours over all of both: at this share one word in five differs.
NEAR: Final = 0.8
_SHORTEST: Final = 4

Pairs = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    topic: str
    path: str
    key: str
    text: str
    pairs: Pairs


def near_twins(content: Content) -> Iterator[Finding]:
    """Phrases of different topics that share nearly all pairs of characters or words."""
    for language in Language:
        for one, other in _found(list(_phrases(content, language))):
            spot = Spot(other.path, Place(key=other.key, words=other.text))
            args: Args = {
                "phrase": one.text,
                "other": other.text,
                "topic": one.topic,
                "first": spot,
            }
            yield find(one.path, "near-twin", Place(key=one.key, words=one.text), **args)


def _found(phrases: Sequence[_Phrase]) -> Iterator[tuple[_Phrase, _Phrase]]:
    """Compares only phrases that share one of their rarest pairs (prefix filtering, Bayardo 2007).

    Two sets that overlap by `NEAR` share at least one of the rarest fifth, rounded up, of each.
    """
    counts = Counter(pair for phrase in phrases for pair in phrase.pairs)
    seen: dict[str, list[_Phrase]] = defaultdict(list)
    for phrase in phrases:
        rarest = sorted(phrase.pairs, key=lambda pair: (counts[pair], pair))
        prefix = rarest[: len(rarest) - math.ceil(NEAR * len(rarest)) + 1]
        near = {id(other): other for pair in prefix for other in seen[pair]}
        for other in near.values():
            if other.topic != phrase.topic and _overlap(phrase.pairs, other.pairs) >= NEAR:
                yield phrase, other
        for pair in prefix:
            seen[pair].append(phrase)


def _overlap(one: Pairs, other: Pairs) -> float:
    return len(one & other) / len(one | other)


def _phrases(content: Content, language: Language) -> Iterator[_Phrase]:
    sources = [
        (article.id, article.path, "asked_as", article.asked_as)
        for (_, spoken), article in content.articles.items()
        if spoken is language
    ]
    sources += [
        (intent.id, intent.path, "examples", intent.examples)
        for (_, spoken), intent in content.intents.items()
        if spoken is language
    ]
    for topic, path, key, texts in sources:
        for text in texts:
            pairs = _pairs(text, language)
            if len(pairs) >= _SHORTEST:
                yield _Phrase(topic=topic, path=path, key=key, text=text, pairs=pairs)


def _pairs(text: str, language: Language) -> Pairs:
    units = squeeze(text) if language is Language.ZH else text.casefold().split()
    return frozenset(f"{left} {right}" for left, right in itertools.pairwise(units))
