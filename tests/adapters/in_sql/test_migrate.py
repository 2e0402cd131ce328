"""The records are brought to the newest edition, once, and nothing they hold is lost."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, Select, inspect, literal_column, select, text
from sqlalchemy import table as table_
from tests.adapters.in_sql.first_tables import first_tables
from tests.sealing import records_on

from servicebot.adapters.in_sql.connect import connect
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.migrate import REVISIONS, migrate
from servicebot.adapters.in_sql.tables import METADATA, RECEIPTS
from servicebot.domain.errors import StartError
from servicebot.domain.messages import Text

OURS = {
    "receipts",
    "record_keys",
    "marking",
    "holds",
    "erasures",
    "desk_accounts",
    "audit",
    "drafts",
    "ratings",
    "batch_runs",
}
NEWEST, NEXT = "0006", "further"
FURTHER = """
import sqlalchemy as sa
from alembic import op

revision = "further"
down_revision = "0006"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table("further", sa.Column("n", sa.Integer, primary_key=True))
    {last}
"""


@pytest.fixture
def engine(records_url: str) -> Iterator[Engine]:
    opened = connect(records_url)
    yield opened
    opened.dispose()


@pytest.fixture
def old(engine: Engine) -> Engine:
    """Records of the time before revisions."""
    with engine.begin() as db:
        for statement in first_tables(engine.dialect.name):
            db.exec_driver_sql(statement)
    return engine


def with_further_revision(folder: Path, last: str) -> Path:
    """The revisions, and one more that makes a table and then does `last`."""
    revisions = folder / "100 % new"
    shutil.copytree(REVISIONS, revisions)
    (revisions / "versions" / "r9999_further.py").write_text(FURTHER.format(last=last))
    return revisions


def edition(engine: Engine) -> object:
    with engine.connect() as db:
        return db.scalar(text("SELECT version_num FROM alembic_version"))


def rows(engine: Engine, table: str) -> list[tuple[Any, ...]]:
    with engine.connect() as db:
        everything: Select[Any] = select(literal_column("*")).select_from(table_(table))
        return [tuple(row) for row in db.execute(everything)]


def ours(thing: object, name: str | None, kind: str, *_: object) -> bool:  # noqa: ARG001
    return kind != "table" or name in OURS


def test_the_revisions_make_just_what_the_code_works_with(engine: Engine) -> None:
    migrate(engine)
    with engine.connect() as db:
        context = MigrationContext.configure(db, opts={"include_object": ours})
        assert compare_metadata(context, METADATA) == []


def test_no_revision_touches_the_tickets(engine: Engine) -> None:
    migrate(engine)
    assert set(inspect(engine).get_table_names()) == OURS | {"alembic_version"}


def test_records_of_the_time_before_revisions_are_taken_over(old: Engine) -> None:
    tickets, (receipt,) = rows(old, "tickets"), rows(old, "receipts")
    for _ in range(2):
        migrate(old)
        assert edition(old) == NEWEST
        assert rows(old, "tickets") == tickets
        assert rows(old, "receipts") == [(*receipt, None)], "no key seals it yet"
        assert not inspect(old).has_table("transcript"), "it held in the clear what they hold"


async def test_what_they_hold_is_read_and_goes_on(old: Engine, records_url: str) -> None:
    old.dispose()
    with closing(SqlEngine(records_url)) as sql:
        records = records_on(sql)
        found = await records.of_conversation("web:c1")
        assert found.unreadable == 0
        assert [one.message.content for one in found.receipts] == [Text(text="查余额")]
        await records.keep(found.receipts)
        assert await records.seal_old() == 1
        assert await records.seal_old() == 0
        raw = await sql.run(lambda db: db.scalar(select(RECEIPTS.c.body)))
        assert raw is not None
        assert "查余额".encode() not in raw
        assert await records.receipt("c1/m1") == found.receipts[0]
        query = text("SELECT id FROM tickets")
        assert await sql.run(lambda db: [tuple(row) for row in db.execute(query)]) == [("t1",)]


def test_a_half_made_store_is_completed(engine: Engine) -> None:
    with engine.begin() as db:
        db.exec_driver_sql(first_tables(engine.dialect.name)[0])
    migrate(engine)
    assert set(inspect(engine).get_table_names()) >= OURS


def test_a_further_revision_runs_once_on_top(old: Engine, tmp_path: Path) -> None:
    revisions = with_further_revision(tmp_path, "pass")
    migrate(old)
    for _ in range(2):
        migrate(old, revisions)
        assert edition(old) == NEXT
    assert rows(old, "further") == []
    assert len(rows(old, "receipts")) == 1


def test_a_revision_that_fails_leaves_nothing_behind(old: Engine, tmp_path: Path) -> None:
    migrate(old)
    revisions = with_further_revision(tmp_path, "raise ValueError")
    with pytest.raises(ValueError, match=r"^$"):
        migrate(old, revisions)
    assert edition(old) == NEWEST
    assert not inspect(old).has_table("further")
    assert len(rows(old, "receipts")) == 1


def test_records_of_a_newer_edition_are_refused_and_left_as_they_are(
    old: Engine, tmp_path: Path, records_url: str
) -> None:
    migrate(old, with_further_revision(tmp_path, "pass"))
    with pytest.raises(StartError, match=r"edition further.*newer servicebot.*up to 0006.*backup"):
        SqlEngine(records_url)
    assert edition(old) == NEXT
    assert len(rows(old, "receipts")) == 1


def test_threads_that_open_at_once_do_it_once(records_url: str) -> None:
    with ThreadPoolExecutor(6) as threads:
        for sql in threads.map(SqlEngine, [records_url] * 6):
            sql.close()


def test_processes_that_start_at_once_do_it_once(old: Engine, records_url: str) -> None:
    """Not one of them fails, whoever comes first."""
    words = (
        "import sys; from servicebot.adapters.in_sql.engine import SqlEngine;"
        "print('ready', flush=True); sys.stdin.readline(); SqlEngine(sys.argv[1]).close()"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", words, records_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    ended = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0] * 4, ended
    assert edition(old) == NEWEST
    assert len(rows(old, "receipts")) == 1


def test_a_file_that_another_process_changes_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    with (
        ThreadPoolExecutor(1) as thread,
        closing(sqlite3.connect(file, isolation_level=None)) as other,
    ):
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        opening = thread.submit(SqlEngine, f"sqlite:///{file}")
        with pytest.raises(TimeoutError):
            opening.result(0.3)
        other.execute("COMMIT")
        opening.result(10).close()
