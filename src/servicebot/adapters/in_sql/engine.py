"""One SQL engine and the thread its calls run on."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from servicebot.adapters.in_sql.connect import connect
from servicebot.adapters.in_sql.cut_off import CutOff
from servicebot.adapters.in_sql.migrate import migrate
from servicebot.domain.errors import RejectedError, StartError, UnavailableError

STATEMENT_S: Final = 10
WORK_S: Final = 30

T = TypeVar("T")


class SqlEngine:
    """Runs pieces of work in transactions, off the event loop.

    On PostgreSQL a statement may take `STATEMENT_S`, a piece of work `WORK_S`; SQLite waits five
    seconds for another process's transaction.
    """

    def __init__(self, url: str, *, work_s: float = WORK_S) -> None:
        """Connects and brings the database to the newest edition.

        Raises:
            UnavailableError: The database does not answer.
            StartError: It cannot be used: another kind, another encoding, a newer edition.
        """
        self._work_s = work_s
        self._engine = connect(url)
        self._on_server = self._engine.dialect.name == "postgresql"
        self._cut_off = CutOff(self._engine) if self._on_server else None
        try:
            if self._on_server:
                self._require_utf8()
            migrate(self._engine)
        except SQLAlchemyError as error:
            self._engine.dispose()
            raise UnavailableError(f"The records cannot be opened: {error}") from error
        except StartError:
            self._engine.dispose()
            raise
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="records")

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in one transaction.

        Raises:
            UnavailableError: The database did not do it; nothing was stored.
            RejectedError: A value is none that the database keeps; nothing was stored.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)

    async def empty_log(self) -> None:
        """Empties the log of a SQLite file, so that it keeps nothing that was deleted.

        PostgreSQL does that in its own time, with the next vacuum.

        Raises:
            UnavailableError: The file cannot be written.
        """
        if not self._on_server:
            checkpoint = text("PRAGMA wal_checkpoint(TRUNCATE)")
            await self.run(lambda db: db.execute(checkpoint).all())

    def close(self) -> None:
        """Waits for what runs and disconnects."""
        self._thread.shutdown()
        self._engine.dispose()

    def _run(self, work: Callable[[Connection], T]) -> T:
        try:
            with self._transaction() as connection:
                return work(connection)
        except (DataError, IntegrityError) as error:
            # Its text may hold the row, and with it customers' words.
            raise RejectedError(f"The records refuse a row: {type(error.orig).__name__}.") from None
        except SQLAlchemyError as error:
            raise UnavailableError(f"The records do not answer: {error}") from error

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if self._cut_off is None:
            with self._engine.begin() as connection:
                yield connection
            return
        with self._cut_off.after(self._work_s), self._engine.begin() as connection:
            connection.execute(text(f"SET LOCAL statement_timeout = '{STATEMENT_S}s'"))
            yield connection

    def _require_utf8(self) -> None:
        with self._transaction() as connection:
            encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding != "UTF8":
            raise StartError(
                f"The records' database keeps text as {encoding}, which cannot hold Chinese."
                " Make it with `CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`."
            )
