"""What was said of words that were changed is past; what others changed does not touch it."""

from dataclasses import replace
from datetime import timedelta

from tests.contracts.examples import AT

from servicebot.content.content import Content
from servicebot.domain.understanding import Language
from servicebot.ports.ratings import RatingCount
from servicebot.studio.ratings_now import Rated, ratings_now
from servicebot.web.studio_told import editions_rated

FEE = "weilidai/early-repayment"
ZH = Language.ZH


def count(edition: str, solved: int, *, later: int = 0, article: str = FEE) -> RatingCount:
    return RatingCount(
        article=article,
        language=ZH,
        edition=edition,
        solved=solved,
        unsolved=1,
        newest=AT + timedelta(days=later),
    )


def test_only_the_edition_that_serves_is_counted(content: Content) -> None:
    now = content.articles[FEE, ZH].edition
    counts = (count(now, 3), count("before", 9), count(now, 2, article="weilidai/gone"))
    assert ratings_now(counts, content) == {(FEE, ZH): Rated(solved=3, unsolved=1)}
    assert ratings_now(counts, None) == {}


def test_an_edition_is_what_customers_read(content: Content) -> None:
    article = content.articles[FEE, ZH]
    assert replace(article, asked_as=(), title="别的", owner="别人").edition == article.edition
    assert replace(article, answer=f"{article.answer}。").edition != article.edition
    assert replace(article, more="x").edition != replace(article, more="y").edition


def test_a_file_tells_each_edition_the_newest_first(content: Content) -> None:
    article = content.articles[FEE, ZH]
    counts = (count("before", 9), count(article.edition, 3, later=1), count("x", 1, article="a/b"))
    told = editions_rated(article, counts)
    assert [(one.serving, one.solved) for one in told] == [(True, 3), (False, 9)]
