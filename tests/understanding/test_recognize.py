"""A phrase taught word for word is certain; ties are broken by id."""

from datetime import date

from servicebot.domain.understanding import Band
from servicebot.understanding.understand import Understander, Utterance


def test_a_taught_phrase_is_certain(understander: Understander) -> None:
    utterance = Utterance(text="一次性还完!", language_hint=None, today=date(2026, 11, 23))
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
