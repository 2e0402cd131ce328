"""The index finds what a plain product over the allowed rows finds, bit for bit."""

import numpy as np
import pytest

from servicebot.adapters.local_models.faiss_index import FaissIndex, pack_rows
from servicebot.understanding.retrieve_answer import to_grid


def build(count: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, 64)).astype(np.float32)
    return to_grid(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_the_nearest_of_the_allowed_rows_are_found_exactly() -> None:
    rows, asked = build(500, 1), build(40, 2)
    allowed = np.random.default_rng(3).random(500) < 0.3
    index = FaissIndex(pack_rows(rows))
    for query in asked:
        products = query.astype(np.int64) @ rows.astype(np.int64).T
        scores, places = index.search(query, 5, allowed)
        np.testing.assert_array_equal(scores, np.sort(products[allowed])[::-1][:5])
        np.testing.assert_array_equal(products[places], scores)
        assert allowed[places].all()


def test_fewer_rows_than_wanted_are_all_there_is() -> None:
    _, places = FaissIndex(pack_rows(build(9, 1))).search(build(1, 2)[0], 4, np.arange(9) >= 7)
    assert sorted(places.tolist()) == [7, 8]


def test_rows_are_read_where_they_lie_and_may_be_read_only() -> None:
    rows, query = build(500, 1), build(1, 2)[0]
    packed = pack_rows(rows)
    scores, places = FaissIndex(packed.copy()).search(query, 500)
    packed.setflags(write=False)
    index = FaissIndex(packed)
    np.testing.assert_array_equal(index.search(query, 500), (scores, places))
    packed.setflags(write=True)
    packed[-rows.size :] = 128  # the code of zero
    assert not index.search(query, 500)[0].any()


def test_what_is_no_index_is_refused() -> None:
    with pytest.raises(ValueError, match="no index"):
        FaissIndex(pack_rows(build(9, 1))[:100].copy())
