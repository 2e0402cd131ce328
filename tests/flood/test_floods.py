"""A short form of each flood against the real program: health goes on, and so does a customer."""

import asyncio
import time
from pathlib import Path

import aiohttp
from tests.flood.attacks import ATTACKS
from tests.flood.watch import LOST_MS, Watcher, at
from tests.servers.program import program
from tests.servers.redis_server import free_port

SECONDS = 2.0
HEALTHY_MS = 2_000.0  # a busy machine is slow; `make flood` measures


async def test_floods_keep_nobody_from_health_and_answers(tmp_path: Path) -> None:
    words = ("serve", "--sandbox", "--sandbox-port", str(free_port()))
    async with program(*words, folder=tmp_path, settings={}, descriptors=512) as started:
        watcher = Watcher(started.url, started.process.pid, tmp_path / "serve.log")
        async with watcher.watching() as seen:
            await asyncio.sleep(1)
            told = {
                name: await ATTACKS[name](started.url, SECONDS)
                for name in ("conversations", "pings", "tickets")
            }
        assert at(seen.health, 0.9) < HEALTHY_MS
        assert at(seen.customer, 0.5) < LOST_MS
        assert told["conversations"].get("503", 0)
        assert 90 <= float(told["tickets"]["201"]) < 150
        assert told["pings"]["close code"] == 1008
        await idle_connections_are_let_go(started.url)
        assert seen.log_kb < 1_000


async def idle_connections_are_let_go(url: str) -> None:
    """More than the program has descriptors for; health is told all the same, and all are shut."""
    idle = asyncio.create_task(ATTACKS["idle"](url, 8.0))
    await asyncio.sleep(1.0)
    began = time.monotonic()
    async with aiohttp.ClientSession() as http, http.get(f"{url}/healthz") as response:
        assert response.status == 200
    assert time.monotonic() - began < HEALTHY_MS / 1_000
    assert (await idle)["still open at the end"] == 0
