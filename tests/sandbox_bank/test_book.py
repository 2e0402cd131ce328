import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from servicebot.sandbox_bank.book import Book, BookError


async def test_an_exception_undoes_the_whole_transaction(tmp_path: Path) -> None:
    book = await Book.open(tmp_path / "book.sqlite")

    def half_done(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO events VALUES ('e1', '{}', 'pending')")
        raise KeyError

    with pytest.raises(KeyError):
        await book.run(half_done)
    count = await book.run(lambda c: c.execute("SELECT count(*) FROM events").fetchone()[0])
    assert count == 0
    await book.close()


async def test_the_book_is_in_wal_mode_and_syncs_every_commit(tmp_path: Path) -> None:
    book = await Book.open(tmp_path / "book.sqlite")
    for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
        found = await book.run(
            lambda c, name=pragma: c.execute(f"PRAGMA {name}").fetchone()[0]  # type: ignore[misc] # a default binds it
        )
        assert found == value
    await book.close()


async def test_transactions_do_not_overlap() -> None:
    book = await Book.open(":memory:")
    await book.run(lambda c: c.execute("CREATE TABLE counters (n INTEGER)"))
    await book.run(lambda c: c.execute("INSERT INTO counters VALUES (0)"))

    def count_up(connection: sqlite3.Connection) -> None:
        n = connection.execute("SELECT n FROM counters").fetchone()[0]
        connection.execute("UPDATE counters SET n = ?", (n + 1,))

    await asyncio.gather(*(book.run(count_up) for _ in range(200)))
    assert await book.run(lambda c: c.execute("SELECT n FROM counters").fetchone()[0]) == 200
    await book.close()


async def test_a_file_that_is_no_book_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    path.write_bytes(b"this is no database, whatever its name says" * 50)
    with pytest.raises(BookError, match="cannot open"):
        await Book.open(path)


async def test_a_book_whose_tables_had_other_columns_is_refused_in_words(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "book.sqlite")) as old:
        old.execute("CREATE TABLE editions (edition TEXT PRIMARY KEY)")
        old.execute("INSERT INTO editions VALUES ('1')")
        old.execute("CREATE TABLE links (link_id TEXT PRIMARY KEY)")
        old.commit()
    with pytest.raises(BookError, match=r"another edition.*delete it"):
        await Book.open(tmp_path / "book.sqlite")


async def test_a_book_of_another_edition_is_refused(tmp_path: Path) -> None:
    book = await Book.open(tmp_path / "book.sqlite")
    await book.run(lambda c: c.execute("UPDATE editions SET edition = '0'"))
    await book.close()
    with pytest.raises(BookError, match="another edition"):
        await Book.open(tmp_path / "book.sqlite")
