"""Runs of tables are kept for all processes, sealed, compared by table, and not for ever."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from tests.sealing import SEAL

from servicebot.adapters.in_sql import batch_runs
from servicebot.adapters.in_sql.batch_runs import SqlBatchRuns
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.domain.batch_runs import BatchRow, BatchRun, BatchSummary, table_key

AT = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
ROW = BatchRow(
    number=2,
    text="利息怎么算",
    expected="a/b",
    answer="a/b",
    title="利息",
    probability=0.9,
    band="answer",
    reply="按日计息。",
)


@pytest.fixture
def engine(records_url: str) -> Iterator[SqlEngine]:
    with closing(SqlEngine(records_url)) as opened:
        yield opened


@pytest.fixture
def runs(engine: SqlEngine) -> SqlBatchRuns:
    return SqlBatchRuns(engine, SEAL)


def run(number: int, table: str = "每周.xlsx") -> BatchRun:
    summary = BatchSummary(
        id=f"r{number}",
        at=AT + timedelta(minutes=number),
        who="小林",
        table=table,
        edition="abc",
        questions=1,
        unknown=("x",),
    )
    return BatchRun(summary=summary, rows=(replace(ROW, number=number),))


async def test_a_run_is_found_as_it_was_and_the_newest_come_first(runs: SqlBatchRuns) -> None:
    await runs.add(run(1))
    await runs.add(run(2))
    assert await runs.find("r1") == run(1)
    assert await runs.find("r3") is None
    assert list(await runs.every(5)) == [run(2).summary, run(1).summary]
    assert [one.id for one in await runs.every(1)] == ["r2"]


async def test_the_run_before_is_that_of_the_same_table(runs: SqlBatchRuns) -> None:
    for number, table in ((1, "每周.xlsx"), (2, "其他.xlsx"), (3, "每周.CSV"), (4, "每周.xlsx")):
        await runs.add(run(number, table))
    assert await runs.before(run(4).summary) == run(3, "每周.CSV")
    assert await runs.before(run(3).summary) == run(1)
    assert await runs.before(run(1).summary) is None
    assert table_key("A.xlsx") == table_key("a.csv") != table_key("b.csv")


async def test_no_word_of_a_question_stands_there_in_the_clear(
    runs: SqlBatchRuns, engine: SqlEngine
) -> None:
    await runs.add(run(1))
    (body,) = await runs.sealed()
    assert "利息".encode() not in body
    assert await runs.renew() == 0
    await engine.run(lambda db: db.execute(text("UPDATE batch_runs SET body = summary")))
    assert await runs.find("r1") is None, "it cannot be read, and hides no other"


async def test_the_oldest_are_forgotten(
    runs: SqlBatchRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_runs, "MOST_RUNS", 2)
    for number in range(4):
        await runs.add(run(number))
    assert [one.id for one in await runs.every(9)] == ["r3", "r2"]
