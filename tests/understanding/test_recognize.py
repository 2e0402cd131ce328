"""A phrase taught word for word is certain; among what is hardly likely the nearest comes first."""

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


def test_the_likeliest_comes_first(understander: Understander) -> None:
    utterance = Utterance(text="xyz", language_hint=None, today=date(2026, 11, 23))
    ranking = understander.understand((utterance,))[0].ranking
    chances = [line.probability for line in ranking]
    assert chances == sorted(chances, reverse=True)


def test_behind_a_certain_topic_the_nearest_come_first(understander: Understander) -> None:
    """Their chances are rounded to nothing, and are all the same."""
    utterance = Utterance(text="一次性还完", language_hint=None, today=date(2026, 11, 23))
    certain, *others = understander.understand((utterance,))[0].ranking
    assert (certain.topic.id, certain.probability) == ("loan.repay_early", 1.0)
    assert {line.probability for line in others} == {0.0}
    assert others[0].topic.id == "loan.due"


def test_only_the_likeliest_topics_are_searched_and_ties_are_all_in() -> None:
    scores = np.repeat(np.arange(50.0), 2)
    assert np.flatnonzero(likeliest(scores)).tolist() == list(range(36, 100))
    assert likeliest(np.append(scores, 18.0)).sum() == 65


def test_few_topics_are_all_searched() -> None:
    assert likeliest(np.arange(64.0)).all()
