"""Probabilities and bands follow the fitted weights."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

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


def test_the_band_follows_the_thresholds() -> None:
    bands = [confidence().band(probability) for probability in (0.8, 0.79, 0.3, 0.29)]
    assert bands == [Band.ANSWER, Band.ASK_BACK, Band.ASK_BACK, Band.HAND_OVER]


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
