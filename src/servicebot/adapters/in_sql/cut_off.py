"""Cuts the line to a server that neither answers nor refuses.

`statement_timeout` is kept by the server, so it is of no use when the server itself hangs.
"""

import os
import socket
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry


class CutOff:
    """Knows the lines of an engine to PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._lines: weakref.WeakSet[psycopg.Connection] = weakref.WeakSet()
        event.listen(engine, "connect", self._connected)

    @contextmanager
    def after(self, seconds: float) -> Iterator[None]:
        """Whoever still waits for the server after that time gets an error, also a second time."""
        done = threading.Event()

        def watch() -> None:
            while not done.wait(seconds):
                self._cut()

        threading.Thread(target=watch, name="records-cut-off", daemon=True).start()
        try:
            yield
        finally:
            done.set()

    def _connected(self, line: psycopg.Connection, entry: ConnectionPoolEntry) -> None:  # noqa: ARG002
        self._lines.add(line)

    def _cut(self) -> None:
        for line in tuple(self._lines):
            with (
                suppress(OSError, psycopg.Error),
                socket.socket(fileno=os.dup(line.pgconn.socket)) as wire,
            ):
                wire.shutdown(socket.SHUT_RDWR)
