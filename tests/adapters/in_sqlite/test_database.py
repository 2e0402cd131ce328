"""The one file: group commit, and faults that stay with the call they belong to."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from servicebot.adapters.in_sqlite.database import Database
from servicebot.domain.errors import UnavailableError

SCHEMA = "CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY);"


def prepare(db: sqlite3.Connection) -> None:
    db.execute(SCHEMA)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "deep" / "t.db", prepare)
    yield opened
    opened.close()


def put(number: int) -> Callable[[sqlite3.Connection], int]:
    def work(db: sqlite3.Connection) -> int:
        db.execute("INSERT INTO t VALUES (?)", (number,))
        return number

    return work


async def numbers(database: Database) -> list[int]:
    rows = await database.read(lambda db: db.execute("SELECT n FROM t ORDER BY n").fetchall())
    return [row["n"] for row in rows]


async def test_what_was_written_can_be_read_and_is_there_after_a_restart(tmp_path: Path) -> None:
    database = Database(tmp_path / "t.db", prepare)
    assert await asyncio.gather(*(database.write(put(n)) for n in range(300))) == list(range(300))
    assert await numbers(database) == list(range(300))
    database.close()
    again = Database(tmp_path / "t.db", prepare)
    assert len(await numbers(again)) == 300
    again.close()


async def test_writes_that_wait_together_share_a_flush(database: Database) -> None:
    """A thousand single flushes take a second even on a good disk; groups take a few."""
    await asyncio.gather(*(database.write(put(n)) for n in range(1000)))
    pages = await database.read(lambda db: db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone())
    assert pages[1] < 200


@pytest.mark.parametrize("error", [ValueError("wrong state"), UnavailableError("no"), KeyError(1)])
async def test_a_fault_of_one_write_is_told_to_its_caller_and_spoils_no_other(
    database: Database, error: Exception
) -> None:
    def fault(db: sqlite3.Connection) -> int:
        db.execute("INSERT INTO t VALUES (99)")
        raise error

    outcomes = await asyncio.gather(
        database.write(put(1)),
        database.write(fault),
        database.write(put(2)),
        return_exceptions=True,
    )
    assert list(outcomes) == [1, error, 2]
    assert await numbers(database) == [1, 2]
    await database.write(put(3))


async def test_a_broken_rule_of_the_table_is_told_to_its_caller_only(database: Database) -> None:
    outcomes = await asyncio.gather(
        *(database.write(put(n)) for n in (1, 1, 2)), return_exceptions=True
    )
    assert isinstance(outcomes[1], sqlite3.IntegrityError)
    assert await numbers(database) == [1, 2]


async def test_a_wrong_statement_is_an_unavailable_store(database: Database) -> None:
    with pytest.raises(UnavailableError):
        await database.write(lambda db: db.execute("INSERT INTO nowhere VALUES (1)"))
    with pytest.raises(UnavailableError):
        await database.read(lambda db: db.execute("SELECT * FROM nowhere"))
    await database.write(put(1))


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(UnavailableError):
        await database.read(put(1))


async def test_a_storm_of_cancelled_writes_does_not_stop_the_writer(database: Database) -> None:
    for start in range(0, 2000, 100):
        tasks = [asyncio.ensure_future(database.write(put(n))) for n in range(start, start + 100)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert [one for one in outcomes if isinstance(one, int)] == [
            *range(start + 1, start + 100, 2)
        ]
    assert set(range(1, 2000, 2)) <= set(await numbers(database))


async def test_a_full_disk_is_unavailable_and_loses_nothing_that_was_accepted(
    database: Database,
) -> None:
    await database.write(put(1))
    await database.write(lambda db: db.execute("PRAGMA max_page_count = 3").fetchone())

    def fill(db: sqlite3.Connection) -> None:
        db.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(10, 20_000)])

    with pytest.raises(UnavailableError):
        await database.write(fill)
    assert await numbers(database) == [1]
    await database.write(put(2))
    check = await database.read(lambda db: db.execute("PRAGMA integrity_check").fetchone())
    assert check[0] == "ok"


def test_a_file_that_is_not_ours_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "t.db").write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(UnavailableError):
        Database(tmp_path / "t.db", prepare)


def test_the_file_survives_power_loss(database: Database) -> None:
    def durability(db: sqlite3.Connection) -> tuple[str, int]:
        mode = db.execute("PRAGMA journal_mode").fetchone()[0]
        return str(mode), int(db.execute("PRAGMA synchronous").fetchone()[0])

    assert asyncio.run(database.write(durability)) == ("wal", 2)
