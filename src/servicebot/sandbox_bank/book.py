"""The book: one SQLite connection, used by one thread, one transaction for each call."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal, Self, TypeVar

from servicebot.sandbox_bank.schema import SCHEMA, SCHEMA_EDITION

Result = TypeVar("Result")


class BookError(Exception):
    """The file is no book of this edition; a new path or a deleted file helps."""


class Book:
    """Runs functions in transactions, strictly one after another.

    That order is what makes money move once: whoever comes second sees what the first did.
    """

    def __init__(self, connection: sqlite3.Connection, thread: ThreadPoolExecutor) -> None:
        self._connection = connection
        self._thread = thread

    @classmethod
    async def open(cls, path: Path | Literal[":memory:"]) -> Self:
        """Open or make the book.

        Raises:
            BookError: The file belongs to another edition or is no SQLite file.
        """
        thread = ThreadPoolExecutor(1, thread_name_prefix="sandbox-book")
        loop = asyncio.get_running_loop()
        try:
            connection = await loop.run_in_executor(thread, _connect, path)
        except (sqlite3.Error, OSError) as error:
            thread.shutdown()
            raise BookError(f"cannot open the book {path}: {error}") from error
        except BookError:
            thread.shutdown()
            raise
        return cls(connection, thread)

    async def run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run `work` in one transaction; an exception undoes all of it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._transact, work)

    async def close(self) -> None:
        """Finish what is queued and close the file."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._connection.close)
        self._thread.shutdown()

    def _transact(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(self._connection)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        return result


def _connect(path: Path | Literal[":memory:"]) -> sqlite3.Connection:
    if isinstance(path, Path):
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=5.0, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        _refuse_other_edition(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(SCHEMA)
        connection.execute("INSERT OR IGNORE INTO editions VALUES (?)", (SCHEMA_EDITION,))
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_other_edition(connection: sqlite3.Connection, path: Path | Literal[":memory:"]) -> None:
    """Before any table is made: those of another edition have other columns."""
    has = "SELECT 1 FROM sqlite_master WHERE name = 'editions'"
    if connection.execute(has).fetchone() is None:
        return
    found = [row[0] for row in connection.execute("SELECT edition FROM editions")]
    if found not in ([], [SCHEMA_EDITION]):
        raise BookError(
            f"the book {path} was written by another edition; it holds samples only: delete it"
        )
