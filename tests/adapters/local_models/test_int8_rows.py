"""The rows that a plain product finds are found, bit for bit, however many queries come at once."""

import numpy as np

from servicebot.adapters.local_models.int8_rows import Int8Rows
from servicebot.understanding.retrieve_answer import to_grid


def build(count: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, 64)).astype(np.float32)
    return to_grid(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_the_nearest_rows_of_every_query_are_found_exactly() -> None:
    rows, asked = build(500, 1), build(40, 2)
    products = asked.astype(np.int64) @ rows.astype(np.int64).T
    scores, places = Int8Rows(rows.astype(np.int8)).search_all(asked, 5)
    np.testing.assert_array_equal(np.sort(scores, axis=1), np.sort(products, axis=1)[:, -5:])
    np.testing.assert_array_equal(np.take_along_axis(products, places, axis=1), scores)


def test_a_query_alone_finds_what_it_finds_among_others() -> None:
    index, asked = Int8Rows(build(500, 1).astype(np.int8)), build(40, 2)
    together, _ = index.search_all(asked, 5)
    alone = [index.search_all(one[None], 5)[0][0] for one in asked]
    np.testing.assert_array_equal(np.sort(together, axis=1), np.sort(alone, axis=1))


def test_fewer_rows_than_wanted_are_all_there_is() -> None:
    _, places = Int8Rows(build(3, 1).astype(np.int8)).search_all(build(2, 2), 4)
    assert np.sort(places, axis=1).tolist() == [[0, 1, 2]] * 2
