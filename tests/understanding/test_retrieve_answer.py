"""Topics are scored by their nearest rows, as if only the allowed rows were taught."""

from array import array

import numpy as np
import pytest

from servicebot.adapters.local_models.faiss_index import FaissIndex, pack_rows
from servicebot.understanding.features import Pieces, count_pieces
from servicebot.understanding.lexical import build_lexical_index
from servicebot.understanding.retrieve_answer import Near, TopicSearch, to_grid

ROW_TOPICS = np.array([0, 0, 0, 1, 1, 2])
EVERY_TOPIC = np.ones(3, dtype=np.bool_)
SILENT = count_pieces(Pieces(grams=array("I"), subwords=array("I"), pinyin=array("I")))


@pytest.fixture
def rows() -> np.ndarray:
    drawn = np.random.default_rng(7).normal(size=(len(ROW_TOPICS), 16)).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))


@pytest.fixture
def search(rows: np.ndarray) -> TopicSearch:
    nothing = build_lexical_index([()] * len(rows))
    return TopicSearch(
        row_topics=ROW_TOPICS,
        topic_starts=np.array([0, 3, 5]),
        index=FaissIndex(pack_rows(to_grid(rows))),
        words=nothing,
        sounds=nothing,
    )


def expected(cosines: np.ndarray, topic: int, allowed: np.ndarray) -> tuple[float, float]:
    kept = cosines[np.equal(ROW_TOPICS, topic) & allowed]
    if not len(kept):
        return -1.0, -1.0
    return float(kept.max()), float(np.log(np.mean(np.exp(10 * kept))) / 10)


@pytest.mark.parametrize("left_out", [(), (0,), (3, 4), (5,)])
def test_scores_are_those_of_the_allowed_rows(
    search: TopicSearch, rows: np.ndarray, left_out: tuple[int, ...]
) -> None:
    allowed = ~np.isin(np.arange(len(rows)), left_out)
    asked = to_grid(rows[:1] + rows[3:4])
    cosines = (to_grid(rows) @ asked[0]).astype(np.float64) / 127**2
    near = search.nearest(asked[0], EVERY_TOPIC, allowed)
    scores = search.score(near, SILENT, allowed)
    for topic in range(3):
        assert scores[:2, topic] == pytest.approx(expected(cosines, topic, allowed), abs=1e-9)


def test_rows_of_other_topics_are_not_searched(search: TopicSearch, rows: np.ndarray) -> None:
    near = search.nearest(to_grid(rows[0]), np.array([False, True, True]))
    assert near.rows.tolist() == [3, 4, 5]


def test_where_no_row_is_left_nothing_is_near(search: TopicSearch, rows: np.ndarray) -> None:
    nothing = np.zeros(len(rows), dtype=np.bool_)
    near = search.nearest(to_grid(rows[0]), EVERY_TOPIC, nothing)
    assert search.score(near, SILENT, nothing)[:2].tolist() == [[-1.0] * 3, [-1.0] * 3]


def test_rows_that_were_not_found_share_the_least_cosine(search: TopicSearch) -> None:
    near = Near(rows=np.array([0, 3]), cosines=np.array([0.9, 0.5]), least=0.5)
    nearest, soft = search.score(near, SILENT)[:2]
    assert nearest.tolist() == [0.9, 0.5, 0.5]
    assert soft == pytest.approx([np.log((np.exp(9) + 2 * np.exp(5)) / 3) / 10, 0.5, 0.5])


def test_no_bit_depends_on_the_order_in_which_rows_are_found(search: TopicSearch) -> None:
    asked = to_grid(np.full((1, 16), 0.25, dtype=np.float32))
    near = search.nearest(asked[0], EVERY_TOPIC)
    assert near.rows.tolist() == sorted(near.rows.tolist())
    assert near.least == near.cosines.min()
