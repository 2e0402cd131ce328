"""Figures of an encoder on the development set: customer phrasings of topics kept out of it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.training.training_texts import TopicPhrasings

_KNOWN: Final = 6
_SEED: Final = 7

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentReport:
    """Nearest-phrasing figures, rates 0..1.

    Attributes:
        topics: How many topics stand for choice.
        asked: Chinese phrasings asked, six of each topic being known.
        zh_hit_at_1: The nearest known phrasing has the right topic.
        zh_hit_at_3: The right topic is among the nearest three.
        en_to_zh: The nearest Chinese phrasing to an English one has the right topic.
        en_hit_at_1: The nearest other English phrasing has the right topic.
    """

    topics: int
    asked: int
    zh_hit_at_1: float
    zh_hit_at_3: float
    en_to_zh: float
    en_hit_at_1: float


def measure_development(encode: Encode, topics: Sequence[TopicPhrasings]) -> DevelopmentReport:
    """Measures on all `topics`; which six phrasings are known is drawn with a fixed seed."""
    mixed = [_mixed(topic.zh) for topic in topics]
    known, known_topics = _encode(encode, [texts[:_KNOWN] for texts in mixed])
    asked, asked_topics = _encode(encode, [texts[_KNOWN:] for texts in mixed])
    english, english_topics = _encode(encode, [topic.en for topic in topics])
    chinese, chinese_topics = _encode(encode, [topic.zh for topic in topics])
    ranks = _ranks(asked @ known.T, known_topics, asked_topics)
    others = english @ english.T
    np.fill_diagonal(others, -np.inf)
    return DevelopmentReport(
        topics=len(topics),
        asked=len(asked),
        zh_hit_at_1=float((ranks == 0).mean()),
        zh_hit_at_3=float((ranks < 3).mean()),  # noqa: PLR2004 - the measure's own number
        en_to_zh=float((_ranks(english @ chinese.T, chinese_topics, english_topics) == 0).mean()),
        en_hit_at_1=float((_ranks(others, english_topics, english_topics) == 0).mean()),
    )


def _mixed(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts in an order that says nothing about who wrote them."""
    ordered = sorted(set(texts))
    random.Random(_SEED).shuffle(ordered)  # noqa: S311 - reproducible draws, no secret
    return tuple(ordered)


def _encode(
    encode: Encode, groups: Sequence[Sequence[str]]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    texts = [text for group in groups for text in group]
    numbers = [number for number, group in enumerate(groups) for _ in group]
    return encode(texts), np.array(numbers, dtype=np.int64)


def _ranks(
    products: NDArray[np.float32], columns: NDArray[np.int64], expected: NDArray[np.int64]
) -> NDArray[np.int64]:
    """How many topics come before the expected one, by their best column."""
    starts = np.flatnonzero(np.diff(columns, prepend=-1))
    best = np.maximum.reduceat(products, starts, axis=1)
    places = np.searchsorted(columns[starts], expected)
    right = best[np.arange(len(best)), places]
    return np.asarray((best > right[:, None]).sum(axis=1), dtype=np.int64)
