"""The real program as a process of its own: started, asked until it is ready, told to stop."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from tests.servers.redis_server import free_port

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One running `servicebot`."""

    process: asyncio.subprocess.Process
    url: str

    async def terminate(self, at_most_s: float) -> tuple[int, float]:
        """Sends SIGTERM; the exit code, and how many seconds it took to end."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(at_most_s):
            code = await self.process.wait()
        return code, time.monotonic() - began


@asynccontextmanager
async def program(
    *words: str, folder: Path, settings: Mapping[str, str], descriptors: int = 0
) -> AsyncIterator[Program]:
    """Runs `servicebot <words>` with its store in `folder`, from when it is ready.

    With `descriptors` it may open so many files and connections, and not what this machine allows.
    """
    bound = ("sh", "-c", f'ulimit -n {descriptors} && exec "$@"', "-") if descriptors else ()
    port = str(free_port())
    environ = {name: text for name, text in os.environ.items() if "SERVICEBOT_" not in name}
    environ |= {
        "SERVICEBOT_WEB_PORT": port,
        "SERVICEBOT_HEALTH_PORT": port,
        "SERVICEBOT_STORE_DIR": str(folder / "var"),
        "SERVICEBOT_STORE_FITTED_DIR": str(ROOT / "var" / "fitted"),
        **settings,
    }
    with (folder / f"{words[0]}.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(*bound, sys.executable, "-m", "servicebot", *words),
            cwd=ROOT,
            env=environ,
            stdout=log,
            stderr=log,
        )
        started = Program(process=process, url=f"http://127.0.0.1:{port}")
        try:
            await _ready(started)
            yield started
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def _ready(started: Program) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    async with aiohttp.ClientSession() as session:
        while time.monotonic() < deadline and started.process.returncode is None:
            try:
                async with session.get(f"{started.url}/readyz") as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
    raise TimeoutError("the program is not ready")
