"""The head separates what it learnt, and scores without a group never saw the group."""

import dataclasses

import numpy as np
import torch

from servicebot.training.fit_head import SparseMatrix, prepare_head
from servicebot.training.known_rows import KnownRows
from servicebot.understanding.features import count_pieces


def test_the_head_finds_the_topic_of_every_row(rows: KnownRows) -> None:
    head = prepare_head(rows).head()
    for row, pieces in enumerate(rows.pieces):
        assert (
            int(np.argmax(head.score(rows.vectors[row], count_pieces(pieces))))
            == rows.row_topics[row]
        )


def test_all_rows_at_once_have_the_bits_of_each_alone(rows: KnownRows) -> None:
    head = prepare_head(rows).head()
    together = head.score_all(rows.vectors, count_pieces(*rows.pieces))
    for row, pieces in enumerate(rows.pieces):
        alone = head.score(rows.vectors[row], count_pieces(pieces))
        assert alone.tobytes() == together[row].tobytes()


def test_words_tell_apart_what_one_vector_cannot(rows: KnownRows) -> None:
    alike = dataclasses.replace(rows, vectors=np.ones_like(rows.vectors))
    head = prepare_head(alike).head()
    best = [
        int(np.argmax(head.score(vector, count_pieces(pieces))))
        for vector, pieces in zip(alike.vectors, alike.pieces, strict=True)
    ]
    assert np.mean(best == rows.row_topics) > 0.9


def test_scores_without_a_group_are_those_of_a_head_without_it(rows: KnownRows) -> None:
    fit = prepare_head(rows)
    groups = np.arange(len(rows.texts)) % 5
    found = fit.without(groups)
    head = fit.head(without=groups == 2)
    for row in np.flatnonzero(groups == 2):
        expected = head.score(rows.vectors[row], count_pieces(rows.pieces[row]))
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


def test_a_sparse_matrix_multiplies_as_the_dense_one_does_also_turned() -> None:
    sparse = SparseMatrix(
        columns=torch.tensor([2, 0, 2, 4]),
        values=torch.tensor([1.0, 2.0, 3.0, 4.0]),
        starts=torch.tensor([0, 2, 2]),
    )
    dense = torch.tensor([[2.0, 0, 1, 0, 0], [0, 0, 0, 0, 0], [0, 0, 3, 0, 4]])
    other = torch.arange(15.0).reshape(5, 3)
    torch.testing.assert_close(sparse @ other, dense @ other)
    torch.testing.assert_close(sparse.turned(5) @ other[:3], dense.T @ other[:3])


def test_the_gradient_that_is_written_out_is_the_one_torch_finds(rows: KnownRows) -> None:
    fit = prepare_head(rows)
    width, count = fit.vectors.shape[1], fit.topic_count
    weights = (torch.rand(width, count), torch.rand(4096, count), torch.rand(count))
    for part in weights:
        part.requires_grad_()
    loss = torch.nn.functional.cross_entropy(fit._scores(weights), fit.topics, reduction="none")
    total = loss @ fit.shares + 0.05 * sum(part.square().sum() for part in weights[:2])
    expected = torch.autograd.grad(total / len(fit.topics), weights)
    found = fit._descend(weights, fit.shares)
    torch.testing.assert_close(found, (total / len(fit.topics)).detach())
    for one, gradient in zip(weights, expected, strict=True):
        torch.testing.assert_close(one.grad, gradient, rtol=1e-4, atol=1e-6)
