"""A PostgreSQL of the tests' own: the machine's program, on a free port, in a temporary folder."""

import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Final

import psycopg
from port_for import get_port
from psycopg import sql
from pytest_postgresql.executors import PostgreSQLExecutor

# Nothing has to survive here: what the tests kill is the process, never the machine.
_QUICK: Final = "-c fsync=off -c full_page_writes=off -c autovacuum=off -c shared_buffers=16MB"
_NUMBERS: Final = count(1)


class Server:
    """Runs until it is stopped; can be started again on the same port with what it held."""

    def __init__(self, executor: PostgreSQLExecutor) -> None:
        self._executor = executor

    @contextmanager
    def database(self, options: str = "") -> Iterator[str]:
        """The address of a new, empty database; `options` are those of CREATE DATABASE."""
        name = f"t{next(_NUMBERS)}"
        self.tell(f"CREATE DATABASE {name} {options}")
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{self._executor.port}/{name}"
        finally:
            self.tell(f"DROP DATABASE {name} WITH (FORCE)")

    def tell(self, statement: str) -> None:
        """Runs a statement beside whatever is tested."""
        with psycopg.connect(
            host="127.0.0.1", port=self._executor.port, user="postgres", autocommit=True
        ) as line:
            line.execute(sql.SQL(statement))

    def kill(self) -> None:
        """Ends it at once, without a goodbye to anybody."""
        self._run(
            *(self._executor.executable, "stop", "-D", self._executor.datadir, "-m", "immediate")
        )

    def start(self) -> None:
        """Starts it again after `kill`; the executor itself can do it only once."""
        self._run(*self._executor.command_parts)

    @staticmethod
    def _run(*words: str) -> None:
        # No pipe: the server would hold its other end open.
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, timeout=60)


@contextmanager
def running(pg_ctl: str) -> Iterator[Server]:
    """Makes a cluster and runs it.

    Args:
        pg_ctl: The path of the program; the server's is looked for beside it.
    """
    folder = Path(tempfile.mkdtemp(prefix="servicebot-pg-"))  # short, as names of sockets must be
    executor = PostgreSQLExecutor(
        executable=_as_ordinary_user(str(Path(pg_ctl).resolve()), folder),
        host="127.0.0.1",
        port=get_port(None) or 0,
        datadir=str(folder / "data"),
        unixsocketdir=str(folder),
        logfile=str(folder / "log.txt"),
        startparams="-w",
        dbname="postgres",
        postgres_options=_QUICK,
    )
    try:
        executor.start()
        if executor.process is not None:
            executor.process.wait()  # pg_ctl; the server goes on
        yield Server(executor)
    finally:
        with suppress(subprocess.CalledProcessError):
            executor.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _as_ordinary_user(pg_ctl: str, folder: Path) -> str:
    """PostgreSQL refuses to run as root: then it runs as the user whom its package has made."""
    if os.geteuid() != 0:
        return pg_ctl
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    switched = folder / "pg_ctl"
    ids = f"--reuid={user.pw_uid} --regid={user.pw_gid} --clear-groups"
    switched.write_text(f'#!/bin/sh\ncd /\nexec setpriv {ids} {shlex.quote(pg_ctl)} "$@"\n')
    switched.chmod(0o755)
    return str(switched)
