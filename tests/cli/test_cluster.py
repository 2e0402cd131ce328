"""The whole topology as plain processes: tried as its users would, while a worker is killed."""

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from tests.programs import REDIS
from tests.servers.redis_server import free_port

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_S = 150
PASSWORD = "sandbox-desk"


class Running:
    """A started cluster, its output, and a way to talk with it."""

    def __init__(self, process: asyncio.subprocess.Process, told: str) -> None:
        self.process = process
        self.urls = dict(re.findall(r"^ +(\S+) +(http://\S+)/readyz$", told, re.MULTILINE))

    async def say(self, http: aiohttp.ClientSession, at: str, number: int, text: str) -> Any:
        body = {"conversation": "c1", "id": str(number), "text": text}
        async with http.post(f"{self.urls[at]}/v1/messages?wait=1", json=body) as answer:
            assert answer.status == 200
            return await answer.json()

    async def desk(self, http: aiohttp.ClientSession, at: str, path: str, **body: str) -> Any:
        url = self.urls[at]
        headers = {"Origin": url}
        async with http.post(f"{url}/v1/desk/{path}", json=body, headers=headers) as answer:
            assert answer.status in {200, 202}
            return await answer.json()


@asynccontextmanager
async def cluster(folder: Path) -> AsyncIterator[Running]:
    environ = {
        **os.environ,
        "SERVICEBOT_STORE_DIR": str(folder),
        "SERVICEBOT_STORE_FITTED_DIR": str(ROOT / "var" / "fitted"),
        "SERVICEBOT_WEB_PORT": str(free_port()),
        "SERVICEBOT_ENCODER_THREADS": "1",
        "SERVICEBOT_LOG_LEVEL": "ERROR",
    }
    command = (sys.executable, "-m", "servicebot", "cluster", "--web", "2", "--work", "2")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environ, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    told = ""
    try:
        async with asyncio.timeout(STARTS_WITHIN_S):
            while "Stop with Ctrl-C" not in told:
                line = await process.stdout.readline()
                assert line, told
                told += line.decode()
        yield Running(process, told)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


@pytest.mark.timeout(300)
async def test_many_processes_serve_one_customer_and_one_desk(tmp_path: Path) -> None:
    REDIS.needed()
    jar = aiohttp.CookieJar(unsafe=True)
    async with cluster(tmp_path) as running, aiohttp.ClientSession(cookie_jar=jar) as http:
        hello = await running.say(http, "web-1", 1, "你好")
        assert hello["owner"] == "bot"
        waits = await running.say(http, "web-2", 2, "转人工")
        assert waits["owner"] == "queue"
        await running.desk(http, "web-1", "sign-in", name="小王", password=PASSWORD)
        taken = await running.desk(http, "web-2", "tickets/next")
        ticket = taken["ticket"]["id"]
        await running.desk(http, "web-1", f"tickets/{ticket}/say", id="1", text="您好")
        await running.desk(http, "web-2", f"tickets/{ticket}/hand-back")
        await _kill_a_worker(running)
        again = await running.say(http, "web-1", 3, "微粒贷提前还款要手续费吗")
        assert again["owner"] == "bot"
        assert again["replies"]
        began = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        assert await running.process.wait() == 0
        assert time.monotonic() - began < 20


async def _kill_a_worker(running: Running) -> None:
    """With -9: the other one has its conversations within the lease."""
    pid = running.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    for child in children:
        command = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        if b"work" in command:
            os.kill(int(child), signal.SIGKILL)
            return
    pytest.fail("no worker runs")
