"""Engines for the two databases: a SQLite file, or PostgreSQL."""

import sqlite3
import time
from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from servicebot.domain.errors import StartError

CONNECT_S: Final = 5
# A server that is gone without a word is noticed after about ten seconds.
_LINE: Final = {
    "connect_timeout": CONNECT_S,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def connect(url: str) -> Engine:
    """An engine for `sqlite:` or `postgresql+psycopg:`; it connects when it is first used.

    No error of it ever holds a parameter, for those are customers' words.

    Raises:
        StartError: The address cannot be read, or is of another database.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise StartError("The address of the records cannot be read.") from None
    if address.drivername == "sqlite":
        engine = create_engine(address, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "connect", _make_durable)
        return engine
    if address.drivername == "postgresql+psycopg":
        return _to_postgresql(address)
    raise StartError(f"Records cannot be kept in {address.drivername}.")


def _to_postgresql(address: URL) -> Engine:
    line: dict[str, Any] = {k: v for k, v in _LINE.items() if k not in address.query}
    # Without prepared statements a pooler such as PgBouncer may stand between.
    words = {"client_encoding": "utf8", "prepare_threshold": None}
    return create_engine(
        address,
        connect_args=line | words,
        pool_pre_ping=True,
        pool_size=1,  # there is one thread
        max_overflow=1,
        pool_timeout=CONNECT_S,
        hide_parameters=True,
    )


def _make_durable(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001
    cursor = connection.cursor()
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is gone from the file
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """On a new file this waits for nobody by itself, so it is tried again for a while."""
    until = time.monotonic() + CONNECT_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return
