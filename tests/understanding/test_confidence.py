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


def confidence() -> Confidence:
    return Confidence(
        signal_weights=np.array([4.0, 1.0, 2.0, 1.0, 4.0, 2.0]),
        calibration=np.array([0.0, 1.0, *[0.0] * (EVIDENCE_WIDTH - 2)]),
        answer=threshold(0.8),
        ask_back=threshold(0.3),
    )


def test_the_band_follows_the_thresholds() -> None:
    bands = [confidence().band(probability) for probability in (0.8, 0.79, 0.3, 0.29)]
    assert bands == [Band.ANSWER, Band.ASK_BACK, Band.ASK_BACK, Band.HAND_OVER]


@given(st.lists(st.floats(0, 1), min_size=4, max_size=40))
def test_probabilities_keep_the_order_of_the_scores(values: list[float]) -> None:
    signals = np.tile(np.array(values), (len(SIGNALS), 1))
    probabilities = confidence().rank(signals)
    assert probabilities[int(np.argmax(values))] == probabilities.max()
    assert float(probabilities.sum()) <= 1.0 + 1e-3 or len(values) > 1
    assert ((probabilities >= 0) & (probabilities <= 1)).all()


def test_a_single_topic_has_evidence_too() -> None:
    signals = np.ones((len(SIGNALS), 1))
    assert np.isfinite(evidence(signals, share_out(np.ones(1)))).all()
