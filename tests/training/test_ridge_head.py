"""The head separates what it learnt, and its honest scores are those of a head fitted without."""

import dataclasses

import numpy as np

from servicebot.training.known_rows import KnownRows
from servicebot.training.ridge_head import fit_ridge


def keep(rows: KnownRows, kept: list[int]) -> KnownRows:
    return dataclasses.replace(
        rows,
        texts=tuple(rows.texts[place] for place in kept),
        row_topics=rows.row_topics[kept],
        pieces=tuple(rows.pieces[place] for place in kept),
        vectors=rows.vectors[kept],
    )


def test_the_head_finds_the_topic_of_every_row(rows: KnownRows) -> None:
    head = fit_ridge(rows).head()
    for row, pieces in enumerate(rows.pieces):
        assert int(np.argmax(head.score(rows.vectors[row], pieces))) == rows.row_topics[row]


def test_scores_without_a_group_are_those_of_a_head_without_it(rows: KnownRows) -> None:
    ridge = fit_ridge(rows)
    groups = np.arange(len(rows.texts)) % 5
    found = ridge.without(groups)
    head = ridge.head(without=groups == 2)
    for row in np.flatnonzero(groups == 2):
        expected = head.score(rows.vectors[row], rows.pieces[row])
        np.testing.assert_allclose(found[row], expected, atol=1e-3)


def test_what_is_taken_out_leaves_no_trace(rows: KnownRows) -> None:
    """Taking rows out of the sums gives nearly the head of a fit that never had them.

    Nearly, because rarity of pieces and balance of topics are counted over all rows.
    """
    out = np.array([place % 9 == 4 for place in range(len(rows.texts))])
    without = fit_ridge(rows).head(without=out)
    second = fit_ridge(keep(rows, np.flatnonzero(~out).tolist())).head()
    for row in np.flatnonzero(out):
        one = without.score(rows.vectors[row], rows.pieces[row])
        other = second.score(rows.vectors[row], rows.pieces[row])
        np.testing.assert_allclose(one, other, atol=0.1)


def test_weights_lie_on_the_grid_that_makes_sums_exact(rows: KnownRows) -> None:
    head = fit_ridge(rows).head()
    steps = head.piece_weights.astype(np.float64) * 2**18
    assert (steps == np.rint(steps)).all()
