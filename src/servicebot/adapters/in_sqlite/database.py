"""One SQLite file: all writes go through one thread that commits many of them at once.

WAL with `synchronous=FULL`: when a write returns it is on the disk. A commit costs one flush,
however many writes wait for it, so a busy server pays less per message than an idle one.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar

from servicebot.domain.errors import UnavailableError

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

_GROUP: Final = 256
_BUSY_S: Final = 5.0


class Database:
    """Runs reads and writes off the event loop."""

    def __init__(self, path: Path, prepare: Work[None]) -> None:
        """Opens the file, checks it, and lets `prepare` create and change its tables.

        Only the owner may read it: customers' words stand in it.

        Raises:
            UnavailableError: The file cannot be opened, is damaged, or is not ours.
        """
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)  # its log and its index get the same mode
        self._path = path
        self._prepare = prepare
        self._jobs: queue.SimpleQueue[tuple[Work[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(1, thread_name_prefix="sqlite-read")
        self._reader: sqlite3.Connection | None = None
        opened: Future[None] = Future()
        self._writer = threading.Thread(
            target=self._write_loop, args=(opened,), name="sqlite-write", daemon=True
        )
        self._writer.start()
        opened.result()

    async def write(self, work: Work[T]) -> T:
        """Runs `work` inside a transaction and returns once it is on the disk.

        Raises:
            UnavailableError: The disk is full or the file cannot be written; nothing was stored.
            Exception: Whatever `work` raised; what it wrote is undone.
        """
        future: Future[T] = Future()
        self._jobs.put((work, future))
        return await asyncio.wrap_future(future)

    async def read(self, work: Work[T]) -> T:
        """Runs `work` on a connection that only reads committed data.

        Raises:
            UnavailableError: The file cannot be read.
        """
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    async def empty_log(self) -> None:
        """Writes the log into the file and empties it, so that it keeps nothing that was deleted.

        Where another process reads from it, the next one does.

        Raises:
            UnavailableError: The file cannot be written.
        """
        await self.read(lambda db: db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())

    def close(self) -> None:
        """Finishes what waits and closes the file."""
        self._jobs.put(None)
        self._writer.join()
        self._readers.submit(self._close_reader).result()
        self._readers.shutdown()

    def _read(self, work: Work[T]) -> T:
        try:
            if self._reader is None:
                self._reader = _connect(self._path)
                self._reader.execute("PRAGMA query_only = ON")
            return work(self._reader)
        except sqlite3.Error as error:
            raise UnavailableError(f"The store cannot be read: {error}") from error

    def _close_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()

    def _write_loop(self, opened: Future[None]) -> None:
        try:
            connection = _connect(self._path)
            _check(connection)
            self._prepare(connection)
        except sqlite3.Error as error:
            opened.set_exception(UnavailableError(f"{self._path} cannot be opened: {error}"))
            return
        except Exception as error:  # noqa: BLE001  whoever opens it waits for the outcome
            opened.set_exception(error)
            return
        opened.set_result(None)
        while (job := self._jobs.get()) is not None:
            group = [job]
            stop = False
            while len(group) < _GROUP and not self._jobs.empty():
                more = self._jobs.get()
                if more is None:
                    stop = True
                    break
                group.append(more)
            _commit_group(connection, group)
            if stop:
                break
        connection.close()


def _check(connection: sqlite3.Connection) -> None:
    """Finds damaged pages at the start and not in the middle of a customer's turn."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(f"it is damaged ({found}); restore the last backup")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is gone from the file
    return connection


def _commit_group(
    connection: sqlite3.Connection, group: list[tuple[Work[Any], Future[Any]]]
) -> None:
    done: list[tuple[Future[Any], Any]] = []
    try:
        connection.execute("BEGIN IMMEDIATE")
        for work, future in group:
            _run_one(connection, work, future, done)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        for _, future in group:
            _fail(future, UnavailableError(f"The store cannot be written: {error}"))
        return
    for future, result in done:
        future.set_result(result)


def _run_one(
    connection: sqlite3.Connection,
    work: Work[Any],
    future: Future[Any],
    done: list[tuple[Future[Any], Any]],
) -> None:
    # From here on the future cannot be cancelled, so that setting its result cannot fail.
    if not future.set_running_or_notify_cancel():
        return
    try:
        done.append((future, _run_in_savepoint(connection, work)))
    except sqlite3.Error as error:
        if not isinstance(error, sqlite3.IntegrityError):
            raise
        _fail(future, error)
    except Exception as error:  # noqa: BLE001  it goes to the caller; the writer must live on
        _fail(future, error)


def _run_in_savepoint(connection: sqlite3.Connection, work: Work[T]) -> T:
    connection.execute("SAVEPOINT one")
    try:
        result = work(connection)
    except BaseException:
        if connection.in_transaction:  # a full disk has undone all of it already
            connection.execute("ROLLBACK TO one")
        raise
    finally:
        if connection.in_transaction:
            connection.execute("RELEASE one")
    return result


def _fail(future: Future[Any], error: Exception) -> None:
    with suppress(InvalidStateError):  # it was cancelled while it waited, or has its end already
        future.set_exception(error)
