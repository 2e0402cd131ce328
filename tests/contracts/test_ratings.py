"""Whatever the database: a rating is counted once, by article and edition, and erased with its turn."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.contracts.adapters import RecordStores
from tests.contracts.examples import AT, inbound, receipt

from servicebot.domain.messages import Rate
from servicebot.domain.rating import Rating
from servicebot.domain.receipts import Receipt
from servicebot.domain.understanding import Language
from servicebot.ports.ratings import RatingCount

FEE = "weilidai/early-repayment"


def rated(
    number: int,
    *,
    solved: bool,
    article: str = FEE,
    edition: str = "first",
    chat: str = "c1",
    subject: str | None = None,
) -> Receipt:
    """The receipt of a turn in which an answer was rated, `number` seconds after the others."""
    at = AT + timedelta(seconds=number)
    message = inbound(
        f"{chat}-{number}",
        conversation=chat,
        content=Rate(answers="m1", article=article, solved=solved),
    )
    rating = Rating(
        message_id="m1",
        article=article,
        edition=edition,
        language=Language.ZH,
        solved=solved,
        at=at,
    )
    return replace(receipt(message, number), at=at, rated=rating, subject=subject)


def counted(
    solved: int, unsolved: int, newest: int, *, article: str = FEE, edition: str = "first"
) -> RatingCount:
    return RatingCount(
        article=article,
        language=Language.ZH,
        edition=edition,
        solved=solved,
        unsolved=unsolved,
        newest=AT + timedelta(seconds=newest),
    )


async def test_each_edition_of_an_article_is_counted_apart(archive: RecordStores) -> None:
    other = "weilidai/payout-time"
    await archive.records.keep(
        [
            rated(1, solved=True),
            rated(2, solved=False),
            rated(3, solved=True),
            rated(4, solved=True, edition="second"),
            rated(5, solved=False, article=other),
            receipt(inbound("m9"), 9),
        ]
    )
    assert await archive.ratings.count() == (
        counted(2, 1, 3),
        counted(1, 0, 4, edition="second"),
        counted(0, 1, 5, article=other),
    )
    assert await archive.ratings.count(article=other) == (counted(0, 1, 5, article=other),)


async def test_of_nothing_nothing_is_counted(archive: RecordStores) -> None:
    assert await archive.ratings.count() == ()


async def test_only_the_ratings_from_an_instant_on_are_counted(archive: RecordStores) -> None:
    await archive.records.keep([rated(n, solved=n > 1) for n in (1, 2, 3)])
    since = AT + timedelta(seconds=2)
    assert await archive.ratings.count(since=since) == (counted(2, 0, 3),)


async def test_a_receipt_kept_twice_is_counted_once(archive: RecordStores) -> None:
    kept = rated(1, solved=True)
    await archive.records.keep([kept, kept])
    await archive.records.keep([kept, rated(2, solved=True)])
    assert await archive.ratings.count() == (counted(2, 0, 2),)


async def test_the_receipt_says_what_was_rated(archive: RecordStores) -> None:
    kept = rated(1, solved=False)
    await archive.records.keep([kept])
    assert await archive.records.receipt(kept.turn_id) == kept


@pytest.mark.parametrize("days", [0, 1])
async def test_a_rating_goes_with_its_receipt_when_it_is_old(
    archive: RecordStores, days: int
) -> None:
    await archive.records.keep([rated(1, solved=True), rated(3, solved=False)])
    gone = await archive.records.prune(AT + timedelta(days=days, seconds=2), ())
    assert gone == (2 if days else 1)
    assert await archive.ratings.count() == (() if days else (counted(0, 1, 3),))
