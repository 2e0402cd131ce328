"""Runs of tables of questions in SQL; the questions may be customers' words, so they are sealed."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, select, update

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tables import BATCH_RUNS
from servicebot.domain.batch_runs import BatchRun, BatchSummary, table_key
from servicebot.domain.errors import UnreadableError
from servicebot.ports.seal import Seal
from servicebot.turns.sealed_form import SealedForm
from servicebot.turns.stored_form import from_json, to_json

MOST_RUNS: Final = 200
_NEWEST: Final = (BATCH_RUNS.c.at.desc(), BATCH_RUNS.c.id)
_LONGEST_KEY: Final = 200


class SqlBatchRuns:
    """A row each: what is told of it in the clear, its questions sealed."""

    def __init__(self, engine: SqlEngine, seal: Seal) -> None:
        self._engine = engine
        self._seal = seal
        self._form = SealedForm(seal)

    async def add(self, run: BatchRun) -> None:
        """Stores one, and forgets the oldest where there are too many."""
        summary = run.summary
        values = {
            "id": summary.id,
            "at": summary.at,
            "table_key": table_key(summary.table)[:_LONGEST_KEY],
            "summary": to_json(summary),
            "body": self._form.write(run, summary.id),
        }

        def work(db: Connection) -> None:
            db.execute(BATCH_RUNS.insert().values(**values))
            old = select(BATCH_RUNS.c.id).order_by(*_NEWEST).offset(MOST_RUNS)
            gone = db.scalars(old).all()
            if gone:
                db.execute(delete(BATCH_RUNS).where(BATCH_RUNS.c.id.in_(gone)))

        await self._engine.run(work)

    async def find(self, run_id: str) -> BatchRun | None:
        """One run; None where there is none, or where its key is gone."""
        query = select(BATCH_RUNS).where(BATCH_RUNS.c.id == run_id)
        return self._run(await self._engine.run(lambda db: db.execute(query).first()))

    async def every(self, count: int) -> Sequence[BatchSummary]:
        """The newest `count` runs, the newest first."""
        query = select(BATCH_RUNS.c.summary).order_by(*_NEWEST).limit(count)
        rows = await self._engine.run(lambda db: db.scalars(query).all())
        return tuple(from_json(BatchSummary, bytes(row)) for row in rows)

    async def before(self, summary: BatchSummary) -> BatchRun | None:
        """The run of the same table before this one."""
        same = BATCH_RUNS.c.table_key == table_key(summary.table)[:_LONGEST_KEY]
        older = same & (BATCH_RUNS.c.at < summary.at)
        query = select(BATCH_RUNS).where(older).order_by(*_NEWEST).limit(1)
        return self._run(await self._engine.run(lambda db: db.execute(query).first()))

    async def sealed(self) -> tuple[bytes, ...]:
        """Every body as it stands, for a count of the keys in use."""
        query = select(BATCH_RUNS.c.body)
        rows = await self._engine.run(lambda db: db.scalars(query).all())
        return tuple(bytes(row) for row in rows)

    async def renew(self) -> int:
        """Seals every run with the key in use; how many that were not."""

        def work(db: Connection) -> int:
            renewed = 0
            for row in db.execute(select(BATCH_RUNS.c.id, BATCH_RUNS.c.body)).all():
                body = self._seal.renew(bytes(row.body), row.id)
                if body is not None:
                    mine = BATCH_RUNS.c.id == row.id
                    db.execute(update(BATCH_RUNS).where(mine).values(body=body))
                    renewed += 1
            return renewed

        return await self._engine.run(work)

    def _run(self, row: Row[Any] | None) -> BatchRun | None:
        if row is None:
            return None
        try:
            return self._form.read(BatchRun, bytes(row.body), row.id)
        except UnreadableError:
            return None
