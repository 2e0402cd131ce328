"""Starts the sandbox bank as a child process and waits until it answers."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from servicebot.domain.errors import UnavailableError
from servicebot.settings import Settings

READY_WITHIN_S: Final = 20.0
STOP_WITHIN_S: Final = 5.0


@contextmanager
def sandbox_process(
    settings: Settings, preferred_port: int, *, token: str, secret: str
) -> Iterator[str]:
    """Runs the sandbox bank while the context is open; it also ends when this process is killed.

    Its book stays beside the store, so a restart finds the same money.

    Raises:
        UnavailableError: It did not come up.
    """
    port = _free_port(preferred_port)
    url = f"http://127.0.0.1:{port}"
    everywhere = settings.web.host in {"0.0.0.0", "::"}  # noqa: S104  only compared with
    host = "127.0.0.1" if everywhere else settings.web.host
    command = [
        *(sys.executable, "-m", "servicebot", "sandbox-bank", "--with-parent"),
        *("--host", settings.web.host if everywhere else "127.0.0.1", "--public-url", url),
        *("--port", str(port), "--book", str(settings.store.dir / "sandbox" / "book.db")),
    ]
    callback_url = f"http://{host}:{settings.web.port}/webhooks/bank"
    process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)  # noqa: S603  our own program
    try:
        _hand_over(process, token=token, callback_url=callback_url, callback_secret=secret)
        _wait_until_ready(url, process)
        yield url
    finally:
        process.terminate()
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()


def _hand_over(process: subprocess.Popen[str], **options: str) -> None:
    """Secrets go through the pipe: neither the environment nor the process list shows them."""
    if process.stdin is not None:
        process.stdin.write(json.dumps(options) + "\n")
        process.stdin.flush()


def _free_port(preferred: int) -> int:
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # not kept by TIME_WAIT
            try:
                probe.bind(("127.0.0.1", port))
                probe.listen()
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise UnavailableError("There is no free port for the sandbox bank.")


def _wait_until_ready(url: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=1):  # noqa: S310  our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise UnavailableError("The sandbox bank did not start; its own message stands above.")
