"""No call to PostgreSQL waits for ever, whatever the server does or leaves undone."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import Connection, text

from servicebot.adapters.in_sql import connect as connecting
from servicebot.adapters.in_sql import engine as engines
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.domain.errors import UnavailableError


@contextmanager
def within(seconds: float) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


async def answers(engine: SqlEngine) -> bool:
    return bool(await engine.run(lambda db: db.scalar(text("SELECT 1"))) == 1)


async def test_a_statement_that_takes_too_long_is_given_up(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "STATEMENT_S", 1)
    with closing(SqlEngine(postgresql_url)) as engine, within(5):
        with pytest.raises(UnavailableError, match="statement timeout"):
            await engine.run(lambda db: db.execute(text("SELECT pg_sleep(60)")))
        assert await answers(engine)


@contextmanager
def stopped(process: int) -> Iterator[None]:
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


async def backend(engine: SqlEngine) -> int:
    """The server's process that serves this engine."""
    return int(await engine.run(lambda db: db.scalar(text("SELECT pg_backend_pid()"))) or 0)


async def test_a_line_that_hangs_is_replaced_before_anything_is_asked(postgresql_url: str) -> None:
    with (
        closing(SqlEngine(postgresql_url, work_s=1)) as engine,
        stopped(await backend(engine)),
        within(5),
    ):
        assert await answers(engine)


async def test_a_server_that_hangs_in_the_middle_is_cut_off(postgresql_url: str) -> None:
    with closing(SqlEngine(postgresql_url, work_s=1)) as engine:

        def work(db: Connection) -> None:
            with stopped(int(db.scalar(text("SELECT pg_backend_pid()")) or 0)):
                db.scalar(text("SELECT 1"))

        with within(5), pytest.raises(UnavailableError):
            await engine.run(work)
        assert await answers(engine)


def test_a_port_that_takes_the_call_and_says_nothing_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(connecting._LINE, "connect_timeout", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with within(10), pytest.raises(UnavailableError, match="timeout"):
            SqlEngine(f"postgresql+psycopg://me@127.0.0.1:{port}/r")
