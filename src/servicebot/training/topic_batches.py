"""Draws pairs that mean the same, a good part of them from topics that are easily confused."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.training.student import Student
from servicebot.training.training_texts import TopicPhrasings

# How many pairs of each kind a batch holds, and how many of these come from clusters of topics.
CHINESE: Final = 40
CHINESE_CLUSTERS: Final = 4
ENGLISH: Final = 24
ENGLISH_CLUSTERS: Final = 2
CLUSTER: Final = 5
BRIDGES: Final = 10
SCOPES: Final = 8
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PairBatch:
    """Pairs with the number of their topic; pairs of one topic do not push each other apart."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    topics: tuple[int, ...]


class TopicBatches:
    """Draws batches of the bank's topics, with general English intents beside them."""

    def __init__(
        self,
        topics: Sequence[TopicPhrasings],
        scopes: Mapping[str, Sequence[str]],
    ) -> None:
        self._topics = [topic for topic in topics if len(topic.zh) > 1]
        self._english = [n for n, topic in enumerate(self._topics) if len(topic.en) > 1]
        self._scopes = [texts for _, texts in sorted(scopes.items()) if len(texts) > 1]
        self._near: NDArray[np.int64] | None = None

    def look_around(self, student: Student) -> None:
        """Finds which topics the student confuses by now."""
        texts = [topic.zh[:_SHOWN] for topic in self._topics]
        vectors = student.encode([text for group in texts for text in group])
        starts = np.cumsum([0, *(len(group) for group in texts[:-1])])
        centres = np.add.reduceat(vectors, starts)
        centres /= np.linalg.norm(centres, axis=1, keepdims=True)
        self._near = np.argsort(-(centres @ centres.T), axis=1, kind="stable")[:, :CLUSTER]

    def draw(self, dice: random.Random) -> PairBatch:
        """One batch."""
        topics, scopes = self._topics, self._scopes
        chinese = self._chosen(range(len(topics)), CHINESE, CHINESE_CLUSTERS, dice)
        english = self._chosen(self._english, ENGLISH, ENGLISH_CLUSTERS, dice)
        pairs = [(*_two(topics[n].zh, dice), n) for n in chinese]
        pairs += [
            (dice.choice(topics[n].zh), dice.choice(topics[n].en), n)
            for n in _some(self._english, BRIDGES, dice)
        ]
        pairs += [(*_two(topics[n].en, dice), n) for n in english]
        pairs += [
            (*_two(scopes[n], dice), len(topics) + n)
            for n in _some(range(len(scopes)), SCOPES, dice)
        ]
        left, right, numbers = zip(*pairs, strict=True)
        return PairBatch(left=left, right=right, topics=numbers)

    def _chosen(
        self, among: Sequence[int], count: int, clusters: int, dice: random.Random
    ) -> list[int]:
        """Different numbers of topics, those of the clusters first."""
        chosen: dict[int, None] = {}
        allowed = set(among)
        if self._near is not None:
            for number in _some(among, clusters, dice):
                near: list[int] = self._near[number].tolist()
                chosen.update(dict.fromkeys(one for one in near if one in allowed))
        rest = [number for number in among if number not in chosen]
        return [*chosen, *_some(rest, count - len(chosen), dice)]


def _some(numbers: Sequence[int], count: int, dice: random.Random) -> list[int]:
    return dice.sample(numbers, min(count, len(numbers)))


def _two(texts: Sequence[str], dice: random.Random) -> tuple[str, str]:
    first, second = dice.sample(texts, 2)
    return first, second
