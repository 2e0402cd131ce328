"""The softmax head separates what it learnt, and scores without a group never saw the group."""

import dataclasses

import numpy as np

from servicebot.training.known_rows import KnownRows
from servicebot.training.softmax_fit import prepare_softmax


def test_the_head_finds_the_topic_of_every_row(rows: KnownRows) -> None:
    head = prepare_softmax(rows).head()
    for row, vector in enumerate(rows.vectors):
        assert int(np.argmax(head.score(vector))) == rows.row_topics[row]


def test_scores_without_a_group_do_not_change_when_its_labels_do(rows: KnownRows) -> None:
    groups = np.arange(len(rows.texts)) % 5
    out = groups == 2
    lied = rows.row_topics.copy()
    lied[out] = (lied[out] + 1) % len(rows.topics)
    shares = prepare_softmax(rows).shares
    honest = prepare_softmax(rows).without(groups)
    other = prepare_softmax(dataclasses.replace(rows, row_topics=lied))
    misled = dataclasses.replace(other, shares=shares).without(groups)
    np.testing.assert_array_equal(honest[out], misled[out])
    assert (honest[~out] != misled[~out]).any()


def test_a_second_fit_finds_the_same_bits(rows: KnownRows) -> None:
    first, second = prepare_softmax(rows).head(), prepare_softmax(rows).head()
    assert first.weights.tobytes() == second.weights.tobytes()
    assert first.biases.tobytes() == second.biases.tobytes()


def test_weights_lie_on_the_grid_that_makes_sums_exact(rows: KnownRows) -> None:
    steps = prepare_softmax(rows).head().weights * 2**18
    assert (steps == np.rint(steps)).all()
