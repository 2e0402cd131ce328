"""The head separates what it learnt, and scores without a group never saw the group."""

import dataclasses

import numpy as np

from servicebot.training.fit_head import prepare_head
from servicebot.training.known_rows import KnownRows


def test_the_head_finds_the_topic_of_every_row(rows: KnownRows) -> None:
    head = prepare_head(rows).head()
    for row, pieces in enumerate(rows.pieces):
        assert int(np.argmax(head.score(rows.vectors[row], pieces))) == rows.row_topics[row]


def test_words_tell_apart_what_one_vector_cannot(rows: KnownRows) -> None:
    alike = dataclasses.replace(rows, vectors=np.ones_like(rows.vectors))
    head = prepare_head(alike).head()
    best = [
        int(np.argmax(head.score(vector, pieces)))
        for vector, pieces in zip(alike.vectors, alike.pieces, strict=True)
    ]
    assert np.mean(best == rows.row_topics) > 0.9


def test_scores_without_a_group_are_those_of_a_head_without_it(rows: KnownRows) -> None:
    fit = prepare_head(rows)
    groups = np.arange(len(rows.texts)) % 5
    found = fit.without(groups)
    head = fit.head(without=groups == 2)
    for row in np.flatnonzero(groups == 2):
        expected = head.score(rows.vectors[row], rows.pieces[row])
        np.testing.assert_allclose(found[row], expected, atol=1e-3)


def test_scores_without_a_group_do_not_change_when_its_labels_do(rows: KnownRows) -> None:
    groups = np.arange(len(rows.texts)) % 5
    out = groups == 2
    lied = rows.row_topics.copy()
    lied[out] = (lied[out] + 1) % len(rows.topics)
    fit = prepare_head(rows)
    other = prepare_head(dataclasses.replace(rows, row_topics=lied))
    misled = dataclasses.replace(other, shares=fit.shares).without(groups)
    honest = fit.without(groups)
    np.testing.assert_array_equal(honest[out], misled[out])
    assert (honest[~out] != misled[~out]).any()


def test_a_second_fit_finds_the_same_bits(rows: KnownRows) -> None:
    first, second = prepare_head(rows).head(), prepare_head(rows).head()
    assert first.vector_weights.tobytes() == second.vector_weights.tobytes()
    assert first.piece_weights.tobytes() == second.piece_weights.tobytes()
    assert first.biases.tobytes() == second.biases.tobytes()


def test_weights_lie_on_the_grid_that_makes_sums_exact(rows: KnownRows) -> None:
    head = prepare_head(rows).head()
    for weights in (head.vector_weights, head.piece_weights.astype(np.float64), head.biases):
        steps = weights * 2**18
        assert (steps == np.rint(steps)).all()
