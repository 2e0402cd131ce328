"""Batches of pairs that mean the same; within a batch nobody else's partner does."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch

from servicebot.training.training_pairs import Groups, TopicPhrasings

_ENGLISH_SHARE = 0.10
_BRIDGE_SHARE = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Texts with their partners: texts, or the vectors a teacher gives them.

    Attributes:
        left: Normalized texts.
        right: Normalized texts of the same meaning, or empty.
        vectors: float32 [texts, dimension] in place of `right`, or None.
    """

    left: tuple[str, ...]
    right: tuple[str, ...] = ()
    vectors: torch.Tensor | None = None


Draw = Callable[[random.Random], Batch]


def from_pairs(pairs: Sequence[tuple[str, str]], size: int) -> Draw:
    """Draws different pairs."""

    def draw(dice: random.Random) -> Batch:
        chosen = dice.sample(pairs, min(size, len(pairs)))
        return Batch(left=tuple(a for a, _ in chosen), right=tuple(b for _, b in chosen))

    return draw


def from_groups(groups: Groups, size: int) -> Draw:
    """Draws two different texts from each of several groups."""
    usable = [name for name, texts in groups.items() if len(texts) > 1]

    def draw(dice: random.Random) -> Batch:
        names = dice.sample(usable, min(size, len(usable)))
        return _paired([dice.sample(groups[name], 2) for name in names])

    return draw


def from_topics(topics: Sequence[TopicPhrasings]) -> Draw:
    """Draws a pair of every topic: mostly Chinese, some English, some across."""

    def draw(dice: random.Random) -> Batch:
        return _paired([_topic_pair(topic, dice) for topic in topics])

    return draw


def from_teacher(texts: Sequence[str], vectors: torch.Tensor, size: int) -> Draw:
    """Draws texts with the vectors the teacher gives their meaning."""

    def draw(dice: random.Random) -> Batch:
        places = dice.sample(range(len(texts)), min(size, len(texts)))
        return Batch(left=tuple(texts[place] for place in places), vectors=vectors[places])

    return draw


def draw_weighted(sources: Mapping[str, tuple[Draw, int]]) -> Draw:
    """Draws from one of several sources, as often as its weight says."""
    tickets = [draw for draw, weight in sources.values() for _ in range(weight)]

    def draw(dice: random.Random) -> Batch:
        return dice.choice(tickets)(dice)

    return draw


def _topic_pair(topic: TopicPhrasings, dice: random.Random) -> list[str]:
    chance = dice.random()
    if topic.zh and topic.en and chance < _BRIDGE_SHARE:
        return [dice.choice(topic.zh), dice.choice(topic.en)]
    if len(topic.en) > 1 and chance < _BRIDGE_SHARE + _ENGLISH_SHARE:
        return dice.sample(topic.en, 2)
    return dice.sample(topic.zh, 2)


def _paired(pairs: Sequence[Sequence[str]]) -> Batch:
    return Batch(
        left=tuple(pair[0] for pair in pairs),
        right=tuple(pair[1] for pair in pairs),
    )
