"""A Redis of the tests' own: the machine's redis-server on a free port, gone with the tests."""

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tests.programs import REDIS

PROGRAM: Final = REDIS.find()
URL_OF_PARENT: Final = "TESTS_REDIS_URL"
MISSING: Final = REDIS.missing


@dataclass
class RedisServer:
    """One running server; it may be killed, stopped and started again on the same port."""

    folder: Path
    port: int
    options: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        assert PROGRAM is not None
        self.process = subprocess.Popen(
            [
                PROGRAM,
                *("--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)),
                *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
                *("--loglevel", "warning", *self.options),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.await_answer()

    def await_answer(self) -> None:
        for _ in range(500):
            try:
                if self.command("PING").startswith(b"+PONG"):
                    return
            except OSError:
                pass
            time.sleep(0.02)
        raise TimeoutError("redis-server does not answer")

    def command(self, *words: str) -> bytes:
        """Sends one command over a fresh connection and returns the beginning of the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            line.sendall((" ".join(words) + "\r\n").encode())
            return line.recv(65_536)

    def kill(self) -> None:
        """As a power cut would: nothing is said, nothing is flushed."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def redis_server(folder: Path, *options: str) -> Iterator[RedisServer]:
    """A server for one test."""
    server = RedisServer(folder=folder, port=free_port(), options=options)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def redis_url() -> str:
    """The tests' server; a child process of a test is told its parent's."""
    return os.environ.get(URL_OF_PARENT, "") or shared_redis().url


@cache
def shared_redis() -> RedisServer:
    """One server for all tests of this process; each test uses a name of its own on it."""
    folder = Path(tempfile.mkdtemp(prefix="redis-"))
    server = RedisServer(folder=folder, port=free_port())
    server.start()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.kill)
    return server
