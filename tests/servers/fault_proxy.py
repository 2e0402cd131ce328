"""A line to a server that can be slow, silent, cut or held: bytes pass through it, or do not."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

_CHUNK = 65_536
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST


class Road(StrEnum):
    """What happens to bytes on their way.

    Attributes:
        OPEN: They pass.
        SLOW: What comes back waits for `slow_s` first.
        HELD: What comes back is kept until the road is open again.
        HALF_OPEN: Nothing passes either way, and nobody hears that the line is dead.
        REPLY_LOST: What is asked arrives, and the line is cut at the first byte of the answer.
        RESET: The line is cut with the first byte that is asked.
    """

    OPEN = "open"
    SLOW = "slow"
    HELD = "held"
    HALF_OPEN = "half_open"
    REPLY_LOST = "reply_lost"
    RESET = "reset"


@dataclass
class FaultProxy:
    """Listens on a port of its own and carries each connection to `to_port`.

    Attributes:
        passed: Connections that reached the server.
    """

    to_port: int
    port: int = 0
    road: Road = Road.OPEN
    slow_s: float = 1.0
    passed: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _lines: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def set(self, road: Road) -> None:
        """From now on, for open connections too."""
        self.road = road
        self._changed.set()
        self._changed = asyncio.Event()

    async def carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """One connection, until either side has ended or the road cuts it."""
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        ways: list[asyncio.Task[None]] = []
        try:
            far, on = await asyncio.open_connection("127.0.0.1", self.to_port)
            self.passed += 1
            ways.append(asyncio.create_task(self._pump(near, on, asked=True)))
            ways.append(asyncio.create_task(self._pump(far, back, asked=False)))
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                _cut(on)
        except (OSError, asyncio.CancelledError):
            pass  # the far side is gone, or the test is over
        finally:
            for way in ways:
                way.cancel()
            self._lines.discard(task)
            _cut(back)
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pump(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, asked: bool
    ) -> None:
        with suppress(OSError):
            while data := await source.read(_CHUNK):
                while self.road is Road.HALF_OPEN or (self.road is Road.HELD and not asked):
                    await self._changed.wait()
                if self.road is Road.RESET or (self.road is Road.REPLY_LOST and not asked):
                    return
                if self.road is Road.SLOW and not asked:
                    await asyncio.sleep(self.slow_s)
                sink.write(data)
                await sink.drain()

    async def end(self) -> None:
        """Cuts every line."""
        for line in tuple(self._lines):
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)


def _cut(line: asyncio.StreamWriter) -> None:
    sock = line.get_extra_info("socket")
    if sock is not None:
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    line.transport.abort()


@asynccontextmanager
async def fault_proxy(to_port: int) -> AsyncIterator[FaultProxy]:
    """A road to a port of this machine, open at first."""
    proxy = FaultProxy(to_port)
    server = await asyncio.start_server(proxy.carry, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.end()
