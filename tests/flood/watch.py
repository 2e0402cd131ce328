"""What others notice while a flood goes on: health, the page, a customer, an agent, memory, the log."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import aiohttp

LOST_MS: Final = 10_000.0
_LATEST: Final = aiohttp.ClientTimeout(total=LOST_MS / 1000)
FILES: Final = (
    "/chat",
    "/static/chat/chat.js",
    "/static/chat/chat.css",
    "/static/chat/texts.js",
    "/static/shared/socket.js",
    "/static/shared/lines.js",
)


@dataclass
class Watched:
    """Milliseconds of every try; one that failed or had no answer within ten seconds is LOST_MS."""

    health: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    customer: list[float] = field(default_factory=list)
    agent: list[float] = field(default_factory=list)
    memory_mb: float = 0.0
    log_kb: float = 0.0


def at(times: list[float], share: float) -> float:
    """The time that this share of the tries kept; 0 where there was none."""
    found = sorted(times)
    return found[min(int(share * len(found)), len(found) - 1)] if found else 0.0


class Watcher:
    """Customers and agents who have nothing to do with the flood, each on lines of their own."""

    def __init__(self, url: str, pid: int, log: Path) -> None:
        self._url, self._pid, self._log = url, pid, log
        self._said = 0

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[Watched]:
        """Tries again and again while the context is open."""
        found = Watched()
        self._forget_peak()
        log_before = self._log.stat().st_size
        async with self.client() as health, self.client() as page, self.client(keep=True) as chat:
            tasks = [
                asyncio.create_task(self._again(0.05, found.health, lambda: self._get(health))),
                asyncio.create_task(self._again(1.0, found.page, lambda: self._open(page))),
                asyncio.create_task(self._again(0.5, found.customer, lambda: self._ask(chat))),
                asyncio.create_task(self._again(3.0, found.agent, lambda: self._sign_in(page))),
            ]
            try:
                yield found
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        found.memory_mb = self.memory_mb("VmHWM")
        found.log_kb = (self._log.stat().st_size - log_before) / 1024

    @staticmethod
    def client(*, keep: bool = False) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(force_close=not keep)
        return aiohttp.ClientSession(timeout=_LATEST, connector=connector)

    def memory_mb(self, name: str) -> float:
        """`VmRSS` is now, `VmHWM` the most since the last look began."""
        for line in Path(f"/proc/{self._pid}/status").read_text("utf-8").splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
        raise ValueError(name)

    def _forget_peak(self) -> None:
        with suppress(OSError):
            Path(f"/proc/{self._pid}/clear_refs").write_text("5")

    async def _again(
        self, every_s: float, times: list[float], job: Callable[[], Awaitable[None]]
    ) -> None:
        while True:
            began = time.monotonic()
            try:
                await job()
            except (aiohttp.ClientError, TimeoutError, OSError):
                times.append(LOST_MS)
            else:
                times.append((time.monotonic() - began) * 1000)
            await asyncio.sleep(max(began + every_s - time.monotonic(), 0.0))

    async def _get(self, http: aiohttp.ClientSession) -> None:
        async with http.get(f"{self._url}/healthz") as response:
            response.raise_for_status()

    async def _open(self, http: aiohttp.ClientSession) -> None:
        for file in FILES:
            async with http.get(self._url + file) as response:
                response.raise_for_status()
                await response.read()

    async def _ask(self, http: aiohttp.ClientSession) -> None:
        """One who has a conversation; who is told to come again does so, and it counts."""
        self._said += 1
        body = {"conversation": "ordinary", "id": f"{self._pid}-{self._said}", "text": "你好"}
        async with asyncio.timeout(LOST_MS / 1000):
            while True:
                url = f"{self._url}/v1/messages?wait=1"
                async with http.post(url, json=body) as response:
                    answer = await response.json(content_type=None)
                    if response.status == 200 and answer["replies"]:
                        return
                await asyncio.sleep(float(response.headers.get("Retry-After", "1")))

    async def _sign_in(self, http: aiohttp.ClientSession) -> None:
        body = {"name": "小王", "password": "sandbox-desk"}
        async with http.post(f"{self._url}/v1/desk/sign-in", json=body) as response:
            response.raise_for_status()
