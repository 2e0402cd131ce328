"""The head separates what it learnt, and its honest scores are those of a head fitted without."""

import numpy as np

from servicebot.training.known_rows import KnownRows
from servicebot.training.ridge_head import fit_ridge


def test_the_head_finds_the_topic_of_every_row(rows: KnownRows) -> None:
    head = fit_ridge(rows).head(rows.vectors)
    for row, pieces in enumerate(rows.pieces):
        assert int(np.argmax(head.score(rows.vectors[row], pieces))) == rows.row_topics[row]


def test_weights_reproduce_the_fitted_scores(rows: KnownRows) -> None:
    ridge = fit_ridge(rows)
    head = ridge.head(rows.vectors)
    dense = rows.vectors.astype(np.float64)
    kernel = np.asarray((ridge.inputs @ ridge.inputs.T).todense()) + dense @ dense.T
    for row, pieces in enumerate(rows.pieces):
        expected = kernel[row] @ ridge.alpha
        np.testing.assert_allclose(head.score(rows.vectors[row], pieces), expected, atol=1e-2)


def test_scores_without_a_group_are_those_of_a_second_fit(rows: KnownRows) -> None:
    ridge = fit_ridge(rows)
    groups = np.arange(len(rows.texts)) % 5
    found = ridge.without(groups)
    kernel = np.linalg.inv(ridge.inverse)
    left_out, kept = np.flatnonzero(groups == 2), np.flatnonzero(groups != 2)
    alpha = np.linalg.solve(kernel[np.ix_(kept, kept)], ridge.targets[kept])
    np.testing.assert_allclose(found[left_out], kernel[np.ix_(left_out, kept)] @ alpha, atol=1e-8)


def test_weights_lie_on_the_grid_that_makes_sums_exact(rows: KnownRows) -> None:
    head = fit_ridge(rows).head(rows.vectors)
    steps = head.piece_weights.astype(np.float64) * 2**18
    assert (steps == np.rint(steps)).all()
