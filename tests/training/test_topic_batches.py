"""A batch holds topics that are confused side by side, in both languages."""

import random
from collections.abc import Sequence
from typing import cast

import numpy as np
import pytest

from servicebot.training.student import Student
from servicebot.training.topic_batches import BRIDGES, CHINESE, CLUSTER, TopicBatches
from servicebot.training.training_texts import TopicPhrasings

COUNT = 100


class NeighboursInARow:
    """Encodes topic n near topics n - 1 and n + 1, whatever the phrase."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        turns = np.array([int(text.split()[0]) for text in texts]) / COUNT * np.pi
        return np.stack((np.cos(turns), np.sin(turns)), axis=1).astype(np.float32)


@pytest.fixture
def dice() -> random.Random:
    return random.Random(7)


def batches() -> TopicBatches:
    topics = [
        TopicPhrasings(topic=str(n), zh=(f"{n} 一", f"{n} 二"), en=(f"{n} one", f"{n} two"))
        for n in range(COUNT)
    ]
    return TopicBatches(topics, {})


def spread(numbers: Sequence[int]) -> int:
    return max(numbers) - min(numbers)


def test_confused_topics_stand_side_by_side_in_both_languages(dice: random.Random) -> None:
    drawn = batches()
    drawn.look_around(cast("Student", NeighboursInARow()))
    topics = drawn.draw(dice).topics
    english = topics[CHINESE + BRIDGES :]
    assert spread(topics[:CLUSTER]) < CLUSTER
    assert spread(english[:CLUSTER]) < CLUSTER


def test_no_topic_comes_twice_in_one_language(dice: random.Random) -> None:
    topics = batches().draw(dice).topics
    for part in (topics[:CHINESE], topics[CHINESE + BRIDGES :]):
        assert len(part) == len(set(part))


def test_both_texts_of_a_pair_are_different_phrasings_of_its_topic(dice: random.Random) -> None:
    batch = batches().draw(dice)
    for left, right, topic in zip(batch.left, batch.right, batch.topics, strict=True):
        assert left != right
        assert left.split()[0] == right.split()[0] == str(topic)
