"""A transaction that only one process has at a time, for changes of the tables themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Engine, text

LONGEST_S: Final = 600  # a revision of a store of many years, or waiting for another process's
_LOCK: Final = 4_736_283_001  # any number, the same in every process


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """Waits until nobody else has it; what was done is kept at the end, or all undone.

    Raises:
        SQLAlchemyError: The database does not answer, or another process took too long.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            with _alone_in_the_file(connection):
                yield connection
            return
        with connection.begin():
            connection.execute(text(f"SET LOCAL statement_timeout = '{LONGEST_S}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection


@contextmanager
def _alone_in_the_file(connection: Connection) -> Iterator[None]:
    """The driver begins no transaction before a CREATE, so it is begun here by hand."""
    connection.execution_options(isolation_level="AUTOCOMMIT")
    before_ms = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {LONGEST_S * 1000}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        connection.commit()
    finally:
        connection.rollback()
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {before_ms}")
        connection.rollback()
