"""Fusion, calibration and thresholds on made-up evidence with a known truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.training.fit_confidence import (
    choose_threshold,
    fit_fusion,
    fit_logistic,
)
from servicebot.understanding.confidence import CLOSED


def test_the_fusion_trusts_the_signal_that_tells() -> None:
    dice = np.random.default_rng(1)
    topics = dice.integers(0, 5, 300)
    signals = dice.normal(size=(300, 2, 5))
    signals[np.arange(300), 0, topics] += 2.0
    weights = fit_fusion(signals, topics)
    assert weights[0] > 1.0
    assert abs(weights[1]) < 0.3


def test_the_calibration_finds_the_true_chances() -> None:
    dice = np.random.default_rng(2)
    inputs = np.stack((np.ones(20_000), dice.normal(size=20_000)), axis=1)
    right = dice.random(20_000) < 1 / (1 + np.exp(-(0.5 + inputs[:, 1])))
    np.testing.assert_allclose(
        fit_logistic(inputs, right, np.ones(len(right))), [0.5, 1.0], atol=0.1
    )


def test_the_threshold_keeps_the_allowed_rate_with_its_bound() -> None:
    dice = np.random.default_rng(3)
    probabilities = np.round(dice.random(20_000), 6)
    right = dice.random(20_000) < probabilities**0.1
    threshold = choose_threshold(probabilities, right, wrong_answer_rate=0.02)
    answered = probabilities >= threshold.probability
    assert threshold.answered == int(answered.sum()) > 1000
    assert threshold.wrong == int((answered & ~right).sum())
    assert threshold.wrong / threshold.answered < threshold.bound <= 0.02


def test_a_rate_that_cannot_be_kept_closes_the_band() -> None:
    right = np.arange(1000) % 2 == 0
    threshold = choose_threshold(np.full(1000, 0.9), right, wrong_answer_rate=0.02)
    assert (threshold.probability, threshold.answered) == (CLOSED, 0)


def test_too_few_messages_prove_nothing() -> None:
    found = choose_threshold(np.full(100, 0.9), np.ones(100, dtype=bool), wrong_answer_rate=0.02)
    assert found.probability == CLOSED


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.2])
@given(right=st.lists(st.booleans(), min_size=1, max_size=300))
def test_no_threshold_breaks_its_rate(rate: float, right: list[bool]) -> None:
    probabilities = np.linspace(0.99, 0.01, len(right))
    found = choose_threshold(probabilities, np.array(right), wrong_answer_rate=rate)
    assert found.answered == 0 or found.wrong / found.answered <= rate


def test_the_bound_is_broken_no_more_often_than_it_says() -> None:
    """1,000 times another sample of the same customers sets the threshold.

    How often the true rate above it is over the allowed one must stay within the 5 % of the bound.
    """
    dice = np.random.default_rng(4)
    rate, broken, answering = 0.05, 0, 0
    population = dice.beta(4, 0.6, 200_000)
    truth = dice.random(200_000) < population**1.3
    ordered = np.argsort(-population)
    wrong_above = np.cumsum(~truth[ordered]) / np.arange(1, 200_001)
    for _ in range(1000):
        chosen = dice.integers(0, 200_000, 1200)
        found = choose_threshold(population[chosen], truth[chosen], wrong_answer_rate=rate)
        if found.probability < CLOSED:
            answering += 1
            above = int(np.searchsorted(-population[ordered], -found.probability, side="right"))
            broken += wrong_above[above - 1] > rate
    assert answering > 900
    assert broken <= 65  # 5 % of 1,000, and two standard errors of counting them


def test_a_row_that_counts_for_less_moves_the_calibration_less() -> None:
    inputs = np.ones((30, 1))
    right = np.arange(30) < 10
    counts = np.where(right, 1.0, 0.5)
    (constant,) = fit_logistic(inputs, right, counts)
    assert constant == pytest.approx(0.0, abs=0.01)
