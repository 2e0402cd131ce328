"""BM25 finds the row with the rarer shared words and says how much of the question it covers."""

from collections.abc import Iterable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from servicebot.understanding.features import count_pieces, cut_pieces
from servicebot.understanding.lexical import build_lexical_index

ROWS = ((1, 2, 3), (1, 2, 4), (1, 5), ())


def once(asked: Iterable[int]) -> NDArray[np.uint32]:
    return np.array(list(dict.fromkeys(asked)), dtype=np.uint32)


def test_the_row_with_all_pieces_scores_highest() -> None:
    scores = build_lexical_index(ROWS).score(once((1, 2, 4)))
    assert int(np.argmax(scores)) == 1
    assert scores[3] == 0.0


def test_a_rare_piece_counts_more_than_a_common_one() -> None:
    index = build_lexical_index(ROWS)
    assert index.score(once((5,)))[2] >= index.score(once((1, 99)))[2]


def test_unknown_pieces_lower_the_share_that_is_covered() -> None:
    index = build_lexical_index(ROWS)
    assert index.score(once((1, 2, 4, 77, 78)))[1] < index.score(once((1, 2, 4)))[1]


def test_an_empty_index_and_an_empty_question_score_nothing() -> None:
    assert build_lexical_index(()).score(once((1,))).tolist() == []
    assert build_lexical_index(ROWS).score(once(())).tolist() == [0.0] * 4


@given(st.lists(st.integers(0, 30), max_size=20), st.randoms())
def test_the_order_of_the_pieces_does_not_matter(asked: list[int], rng: object) -> None:
    index = build_lexical_index(ROWS)
    turned = sorted(asked, key=lambda _: rng.random())  # type: ignore[attr-defined] # hypothesis' own
    assert index.score(once(asked)).tobytes() == index.score(once(turned)).tobytes()


def test_a_piece_of_every_row_neither_helps_nor_harms() -> None:
    rows = tuple((1, number) for number in range(2, 2002))
    index = build_lexical_index(rows)
    assert index.score(once((1, 7))).tobytes() == index.score(once((7,))).tobytes()


def test_several_texts_at_once_score_the_bits_of_each_alone() -> None:
    taught = [cut_pieces(text).grams for text in ("提前还款", "还款日", "怎么还", "额度", "提额")]
    index = build_lexical_index(taught)
    asked = [cut_pieces(text) for text in ("提前还", "xyz", "额度低", "还")]
    starts = np.array([0, 3])
    together = index.best(count_pieces(*asked).grams, starts)
    for pieces, found in zip(asked, together, strict=True):
        rows = index.score(count_pieces(pieces).grams.pieces)
        assert found.tobytes() == np.maximum.reduceat(rows, starts).tobytes()
