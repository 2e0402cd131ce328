"""A phrase taught word for word is certain; ties are broken by id."""

from datetime import date

import numpy as np

from servicebot.domain.understanding import Band
from servicebot.understanding.recognize import likeliest
from servicebot.understanding.understand import Understander, Utterance


def test_a_taught_phrase_is_certain(understander: Understander) -> None:
    utterance = Utterance(text="一次性就还完", language_hint=None, today=date(2026, 11, 23))
    taught = Utterance(text="一次性还完", language_hint=None, today=date(2026, 11, 23))
    near, exact = understander.understand((utterance, taught))
    assert exact.best is not None
    assert exact.best.probability == 1.0
    assert exact.band is Band.ANSWER
    assert near.best is not None
    assert near.best.probability < 1.0


def test_equal_probabilities_are_ordered_by_id(understander: Understander) -> None:
    utterance = Utterance(text="xyz", language_hint=None, today=date(2026, 11, 23))
    ranking = understander.understand((utterance,))[0].ranking
    keys = [(-line.probability, line.topic.id) for line in ranking]
    assert keys == sorted(keys)


def test_only_the_likeliest_topics_are_searched_and_ties_are_all_in() -> None:
    scores = np.repeat(np.arange(50.0), 2)
    assert np.flatnonzero(likeliest(scores)).tolist() == list(range(36, 100))
    assert likeliest(np.append(scores, 18.0)).sum() == 65


def test_few_topics_are_all_searched() -> None:
    assert likeliest(np.arange(64.0)).all()
