"""One SQL engine and the thread its calls run on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateColumn

from servicebot.adapters.in_sql.tables import METADATA
from servicebot.domain.errors import UnavailableError

T = TypeVar("T")


class SqlEngine:
    """Runs pieces of work in transactions, off the event loop."""

    def __init__(self, url: str) -> None:
        """Connects and creates the tables and columns that are missing.

        Raises:
            UnavailableError: The database does not answer.
        """
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="records")
        self._engine = create_engine(url, pool_pre_ping=True)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _make_durable)
        try:
            METADATA.create_all(self._engine)
            _add_missing_columns(self._engine)
        except SQLAlchemyError as error:
            raise UnavailableError(f"The records cannot be opened: {error}") from error

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in one transaction.

        Raises:
            UnavailableError: The database did not do it; nothing was stored.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)

    def close(self) -> None:
        """Waits for what runs and disconnects."""
        self._thread.shutdown()
        self._engine.dispose()

    def _run(self, work: Callable[[Connection], T]) -> T:
        try:
            with self._engine.begin() as connection:
                return work(connection)
        except SQLAlchemyError as error:
            raise UnavailableError(f"The records do not answer: {error}") from error


def _make_durable(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _add_missing_columns(engine: Engine) -> None:
    """A store of an older edition gets the columns that came since; they may be empty."""
    there = inspect(engine)
    with engine.begin() as connection:
        for table in METADATA.sorted_tables:
            known = {column["name"] for column in there.get_columns(table.name)}
            for column in (one for one in table.columns if one.name not in known):
                written = CreateColumn(column).compile(dialect=engine.dialect)
                connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {written}"))
