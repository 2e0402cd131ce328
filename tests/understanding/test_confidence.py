"""Probabilities and bands follow the fitted weights."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.costs import Costs
from servicebot.domain.understanding import Band
from servicebot.understanding.confidence import (
    EVIDENCE_WIDTH,
    SIGNALS,
    Confidence,
    Threshold,
    evidence,
    share_out,
)


def threshold(probability: float) -> Threshold:
    return Threshold(probability=probability, answered=0, wrong=0, bound=1.0, asked=0)


def confidence(*, constant: float = 0.0) -> Confidence:
    return Confidence(
        signal_weights=np.array([4.0, 1.0, 2.0, 1.0, 4.0]),
        calibration=np.array([constant, 1.0, *[0.0] * (EVIDENCE_WIDTH - 2)]),
        answer=threshold(0.8),
        ask_back=threshold(0.3),
    )


@pytest.mark.parametrize(
    ("probabilities", "band"),
    [
        ((1.0, 0.0, 0.0), Band.ANSWER),
        ((0.95, 0.02, 0.01), Band.ANSWER),
        ((0.85, 0.1, 0.01), Band.ASK_BACK),
        ((0.2, 0.15, 0.1), Band.ASK_BACK),
        ((0.1, 0.05, 0.02), Band.HAND_OVER),
    ],
)
def test_the_band_is_what_costs_least(probabilities: tuple[float, ...], band: Band) -> None:
    assert replace(confidence(), usefulness=np.array([0.0, 0.0, 1.0])).band(probabilities) is band


def test_a_wrong_answer_that_costs_more_is_not_risked() -> None:
    assert confidence().band((0.93, 0.01, 0.01)) is Band.ANSWER
    careful = replace(confidence(), costs=Costs(wrong=30.0))
    assert careful.band((0.93, 0.01, 0.01)) is Band.ASK_BACK


def test_nothing_is_answered_below_the_proven_threshold() -> None:
    strict = replace(confidence(), answer=threshold(0.97))
    assert strict.band((0.95, 0.02, 0.01)) is Band.ASK_BACK


def test_an_article_must_be_surer_than_questions_of_untaught_topics_and_a_task_need_not() -> None:
    assert confidence().band((0.91, 0.0, 0.0)) is Band.ASK_BACK
    assert confidence().band((0.91, 0.0, 0.0), begins=True) is Band.ANSWER


def test_near_twins_that_share_the_chance_open_the_ask_back_together() -> None:
    shared = replace(confidence(), usefulness=np.array([0.0, 0.0, 1.0]))
    assert shared.band((0.16, 0.15, 0.14)) is Band.ASK_BACK
    assert shared.band((0.16, 0.01, 0.01)) is Band.HAND_OVER


# Scores that differ by less than a float can add up are a tie, so they stand on a grid.
@given(
    st.lists(st.integers(0, 1000).map(lambda steps: steps / 1000), min_size=4, max_size=40),
    st.floats(-9, 9),
)
def test_probabilities_keep_the_order_of_the_scores(values: list[float], constant: float) -> None:
    signals = np.tile(np.array(values), (len(SIGNALS), 1))
    probabilities = confidence(constant=constant).rank(signals)
    best_first = np.argsort(-np.array(values), kind="stable")
    assert (np.diff(probabilities[best_first]) <= 0).all()
    assert float(probabilities.sum()) <= 1.0 + 1e-3
    assert (probabilities >= 0).all()


def test_however_unsure_the_best_topic_comes_before_the_second() -> None:
    signals = np.tile(np.array([0.1, 0.5, 0.6, 0.2]), (len(SIGNALS), 1))
    probabilities = confidence(constant=-5.0).rank(signals)
    assert probabilities[2] < 0.1
    assert np.argsort(-probabilities, kind="stable").tolist() == [2, 1, 3, 0]


def test_a_single_topic_has_evidence_too() -> None:
    signals = np.ones((len(SIGNALS), 1))
    assert np.isfinite(evidence(signals, share_out(np.ones(1)))).all()


def test_several_texts_at_once_get_the_bits_of_each_alone() -> None:
    signals = np.random.default_rng(5).normal(size=(9, len(SIGNALS), 371))
    together = confidence().rank_all(signals)
    alone = np.stack([confidence().rank(one) for one in signals])
    assert together.tobytes() == alone.tobytes()
