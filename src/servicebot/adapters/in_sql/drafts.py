"""Drafts of the content in SQL."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tables import DRAFTS
from servicebot.domain.content_refusal import ContentChangedError, ContentRefusal
from servicebot.domain.drafts import Draft
from servicebot.turns.stored_form import from_json, to_json


class SqlDrafts:
    """No words of customers stand in a draft, so it is stored as it is."""

    def __init__(self, engine: SqlEngine) -> None:
        self._engine = engine

    async def add(self, draft: Draft) -> None:
        """Stores a new one."""
        values = _columns(draft)
        await self._engine.run(lambda db: db.execute(DRAFTS.insert().values(**values)))

    async def find(self, draft_id: str) -> Draft | None:
        """One draft."""
        query = select(DRAFTS.c.body).where(DRAFTS.c.id == draft_id)
        row = await self._engine.run(lambda db: db.execute(query).first())
        return _draft(row) if row is not None else None

    async def every(self, count: int) -> Sequence[Draft]:
        """Those that were changed last, the newest first."""
        query = select(DRAFTS.c.body).order_by(DRAFTS.c.changed.desc(), DRAFTS.c.id).limit(count)
        rows = await self._engine.run(lambda db: db.execute(query).all())
        return tuple(_draft(row) for row in rows)

    async def save(self, draft: Draft) -> Draft:
        """Stores the next revision, in one statement: of two at once one wins."""
        after = replace(draft, revision=draft.revision + 1)
        mine = (DRAFTS.c.id == draft.id) & (DRAFTS.c.revision == draft.revision)
        change = update(DRAFTS).where(mine).values(**_columns(after))

        def work(db: Connection) -> bool:
            return bool(db.execute(change).rowcount)

        if not await self._engine.run(work):
            raise ContentChangedError(ContentRefusal.DRAFT_CHANGED)
        return after


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.id,
        "revision": draft.revision,
        "changed": draft.changed,
        "body": to_json(draft),
    }


def _draft(row: Row[Any]) -> Draft:
    return from_json(Draft, bytes(row.body))
