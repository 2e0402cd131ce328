"""Topics are scored by their nearest rows, as if only the allowed rows were taught."""

from array import array

import numpy as np
import pytest

from servicebot.adapters.local_models.faiss_index import FaissIndex
from servicebot.understanding.features import Pieces
from servicebot.understanding.lexical import build_lexical_index
from servicebot.understanding.retrieve_answer import Near, TopicSearch, to_grid

ROW_TOPICS = np.array([0, 0, 0, 1, 1, 2])
SILENT = Pieces(grams=array("I"), subwords=array("I"), pinyin=array("I"))


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
        index=FaissIndex(to_grid(rows)),
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
    scores = search.score(search.nearest_of(cosines, allowed), SILENT, allowed)
    for topic in range(3):
        assert scores[:2, topic] == pytest.approx(expected(cosines, topic, allowed), abs=1e-9)


def test_with_every_row_allowed_the_same_rows_are_nearest(
    search: TopicSearch, rows: np.ndarray
) -> None:
    asked = to_grid(rows[:1] + rows[3:4])
    found = next(search.nearest(asked))
    cosines = (to_grid(rows) @ asked[0]).astype(np.float64) / 127**2
    known = search.nearest_of(cosines, np.ones(len(rows), dtype=np.bool_))
    assert known.rows.tolist() == found.rows.tolist()
    assert known.cosines == pytest.approx(found.cosines)
    assert known.least == pytest.approx(found.least)


def test_rows_that_were_not_found_share_the_least_cosine(search: TopicSearch) -> None:
    near = Near(rows=np.array([0, 3]), cosines=np.array([0.9, 0.5]), least=0.5)
    nearest, soft = search.score(near, SILENT)[:2]
    assert nearest.tolist() == [0.9, 0.5, 0.5]
    assert soft == pytest.approx([np.log((np.exp(9) + 2 * np.exp(5)) / 3) / 10, 0.5, 0.5])


def test_no_bit_depends_on_the_order_in_which_rows_are_found(search: TopicSearch) -> None:
    asked = to_grid(np.full((1, 16), 0.25, dtype=np.float32))
    near = next(search.nearest(asked))
    assert near.rows.tolist() == sorted(near.rows.tolist())
    assert near.least == near.cosines.min()
