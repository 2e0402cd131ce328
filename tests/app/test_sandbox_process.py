"""The sandbox bank as a child: it answers, keeps its port, and ends with its parent."""

import json
import socket
import subprocess
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from servicebot.app.sandbox_process import sandbox_process
from servicebot.settings import Settings, Store


@pytest.fixture
def placed(settings: Settings, tmp_path: Path) -> Settings:
    return replace(settings, store=Store(dir=tmp_path))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_answers_at_the_preferred_port_and_stops(placed: Settings) -> None:
    port = free_port()
    with sandbox_process(placed, port, token="t", secret="s") as url:
        assert url == f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as response:
            assert response.status == 200
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_taken_port_is_left_alone(placed: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with sandbox_process(placed, port, token="t", secret="s") as url:
            assert not url.endswith(f":{port}")


def test_it_ends_when_its_parents_pipe_closes(tmp_path: Path) -> None:
    told = json.dumps({"token": "t", "callback_url": None, "callback_secret": ""})
    command = [
        *(sys.executable, "-m", "servicebot", "sandbox-bank", "--with-parent"),
        *("--port", str(free_port()), "--book", str(tmp_path / "book.db")),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        process.stdin.write(told + "\n")
        process.stdin.close()
        assert process.wait(20) == 0
