"""Articles are found by their phrases."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from servicebot.domain.errors import ContentError
from servicebot.evaluation.retrieval import evaluate_retrieval
from servicebot.ports.encoder import Encoder

WriteTable = Callable[[str, Sequence[str]], Path]

ARTICLES = [
    "id,text",
    *(f"repay,{text}" for text in ("怎么提前还款", "可以提前还清吗", "提前还款手续费")),
    *(f"card,{text}" for text in ("怎么换绑银行卡", "换一张银行卡", "更换还款卡")),
    *(f"limit,{text}" for text in ("额度怎么提高", "为什么额度是零", "可以提额吗")),
]


def test_queries_find_their_articles(write_table: WriteTable, encoder: Encoder) -> None:
    queries = write_table("q.csv", ["id,text", "repay,提前还清", "card,我要换卡", "limit,提高额度"])
    report = evaluate_retrieval(write_table("a.csv", ARTICLES), queries, encoder=encoder)
    assert (report.n_articles, report.n_queries) == (3, 3)
    assert report.hit_at_1 == report.mrr == 1.0
    assert report.hit_at_1 <= report.hit_at_3 <= report.hit_at_5


def test_a_query_for_an_unknown_article_is_an_error(
    write_table: WriteTable, encoder: Encoder
) -> None:
    queries = write_table("q.csv", ["id,text", "repay,提前还清", "none,什么"])
    with pytest.raises(ContentError, match=r"q\.csv:3:.*'none'"):
        evaluate_retrieval(write_table("a.csv", ARTICLES), queries, encoder=encoder)
