"""The index finds what a plain product finds, bit for bit, in any batch."""

import numpy as np

from servicebot.adapters.local_models.faiss_index import FaissIndex
from servicebot.understanding.retrieve_answer import to_grid


def build(count: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, 64)).astype(np.float32)
    return to_grid(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_the_nearest_rows_are_found_exactly() -> None:
    rows, asked = build(500, 1), build(40, 2)
    scores, places = FaissIndex(rows).search(asked, 5)
    products = asked.astype(np.int64) @ rows.astype(np.int64).T
    np.testing.assert_array_equal(scores, np.sort(products, axis=1)[:, ::-1][:, :5])
    np.testing.assert_array_equal(np.take_along_axis(products, places, axis=1), scores)


def test_a_batch_gives_the_same_bits_as_single_questions() -> None:
    index, asked = FaissIndex(build(500, 1)), build(40, 2)
    together, _ = index.search(asked, 7)
    alone = np.concatenate([index.search(row[None, :], 7)[0] for row in asked])
    assert together.tobytes() == alone.tobytes()


def test_too_few_rows_are_padded() -> None:
    _, places = FaissIndex(build(2, 1)).search(build(1, 2), 4)
    assert places[0, 2:].tolist() == [-1, -1]
