"""The measures on cases that can be worked out by hand."""

import numpy as np
import pytest

from servicebot.evaluation.measures import auroc, best_accuracy, macro_f1, spearman


def test_macro_f1_weighs_every_class_alike() -> None:
    expected, found = np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])
    assert macro_f1(expected, found) == pytest.approx((0.8 + 2 / 3) / 2)


def test_auroc_counts_ordered_pairs_and_halves_ties() -> None:
    scores = np.array([0.9, 0.5, 0.5, 0.1])
    assert auroc(scores, np.array([True, True, False, False])) == pytest.approx(3.5 / 4)


def test_auroc_needs_both_kinds() -> None:
    assert auroc(np.array([0.1, 0.2]), np.array([True, True])) is None


def test_spearman_follows_ranks_only() -> None:
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([1.0, 10.0, 11.0])) == pytest.approx(1.0)
    assert spearman(np.array([1.0, 2.0]), np.array([1.0, 1.0])) is None


def test_the_best_accuracy_tries_every_threshold() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.1])
    assert best_accuracy(scores, np.array([True, False, True, False])) == pytest.approx(0.75)
    assert best_accuracy(np.array([0.5, 0.5]), np.array([True, False])) == pytest.approx(0.5)
    assert best_accuracy(np.array([0.9, 0.1]), np.array([False, False])) == pytest.approx(1.0)
