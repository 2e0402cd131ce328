"""Ratings in SQL: a row beside the receipt of the turn in which an answer was rated."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, case, delete, func, select

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tables import RATINGS
from servicebot.domain.receipts import Receipt
from servicebot.domain.understanding import Language
from servicebot.ports.ratings import RatingCount


class SqlRatings:
    """Counts them."""

    def __init__(self, engine: SqlEngine) -> None:
        self._engine = engine

    async def count(
        self, *, since: datetime | None = None, article: str = ""
    ) -> tuple[RatingCount, ...]:
        """By article, language and edition, in this order."""
        named = (RATINGS.c.article, RATINGS.c.language, RATINGS.c.edition)
        solved = func.sum(case((RATINGS.c.solved, 1), else_=0)).label("solved")
        query = select(
            *named, func.count().label("all"), solved, func.max(RATINGS.c.at).label("newest")
        )
        if since is not None:
            query = query.where(RATINGS.c.at >= since)
        if article:
            query = query.where(RATINGS.c.article == article)
        query = query.group_by(*named).order_by(*named)
        rows = await self._engine.run(lambda db: db.execute(query).all())
        return tuple(map(_count, rows))


def rating_row(receipt: Receipt, key_id: str) -> dict[str, Any] | None:
    """The row of a receipt, or None where nothing was rated; no word of anybody stands in it."""
    rated = receipt.rated
    if rated is None:
        return None
    return {
        "turn_id": receipt.turn_id,
        "key_id": key_id,
        "at": rated.at,
        "article": rated.article,
        "language": rated.language.value,
        "edition": rated.edition,
        "solved": rated.solved,
    }


def erase_ratings(db: Connection, key_ids: Collection[str]) -> None:
    """Deletes those whose receipts were sealed with these keys."""
    db.execute(delete(RATINGS).where(RATINGS.c.key_id.in_(key_ids)))


def prune_ratings(db: Connection, turn_ids: Collection[str]) -> None:
    """Deletes those of these turns."""
    db.execute(delete(RATINGS).where(RATINGS.c.turn_id.in_(turn_ids)))


def _count(row: Row[Any]) -> RatingCount:
    return RatingCount(
        article=row.article,
        language=Language(row.language),
        edition=row.edition,
        solved=int(row.solved),
        unsolved=row.all - int(row.solved),
        newest=_aware(row.newest),
    )


def _aware(at: datetime) -> datetime:
    """SQLite keeps instants in UTC and does not say so."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
