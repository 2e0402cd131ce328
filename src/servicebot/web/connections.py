"""The connections of this process: how many there may be, and how long each may say nothing.

    opened -> header whole -> request at work -> answered -> the next header, or idle
                                  |
                                  +-> a page's WebSocket, which has a heartbeat of its own

Whoever keeps us waiting, for a header or for the next request, is cut off in time. At the cap the
one that has kept us waiting for longest makes room for the newcomer, so idle connections keep
nobody out; only where all are at work the newcomer is told to come again.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from aiohttp import web

HEADER_S: Final = 5.0
IDLE_S: Final = 10.0
PROXY_IDLE_S: Final = 75.0  # longer than a proxy keeps its own side open
REQUEST_S: Final = 60.0  # body, work and answer; the longest honest one takes some 25
SWEEP_S: Final = 1.0


@dataclass(slots=True, eq=False)
class Connection:
    """One connection.

    Attributes:
        transport: Its socket.
        remote: Whose.
        is_proxy: Whether many customers come through it.
        until_s: When it is cut off, by the loop's time.
        speaks: Whether the next request has begun.
    """

    transport: asyncio.Transport
    remote: str
    is_proxy: bool
    until_s: float
    speaks: bool = False


class Connections:
    """Knows every connection of the server."""

    def __init__(self, *, most: int, most_of_address: int) -> None:
        """Takes how many there may be, and how many of one address that is no proxy of ours."""
        self.most = most
        self._most_of_address = most_of_address
        self._all: dict[asyncio.BaseTransport, Connection] = {}
        self._waited_for: dict[Connection, None] = {}  # longest first
        self._of_address: Counter[str] = Counter()

    def __len__(self) -> int:
        """How many are open."""
        return len(self._all)

    def opened(self, transport: asyncio.Transport, remote: str, *, is_proxy: bool) -> bool:
        """A connection came; False where there is no room, and it is to be told so."""
        if not self._make_room(remote, is_proxy=is_proxy):
            return False
        one = Connection(transport, remote, is_proxy, _now_s() + HEADER_S)
        self._all[transport] = one
        self._of_address[remote] += 1
        self._waited_for[one] = None
        return True

    def closed(self, transport: asyncio.BaseTransport) -> None:
        """It has gone."""
        one = self._all.pop(transport, None)
        if one is not None:
            self._forget(one)

    def heard(self, transport: asyncio.BaseTransport) -> None:
        """Bytes came: where they begin a request, its header has its time from now."""
        one = self._all.get(transport)
        if one is not None and one in self._waited_for and not one.speaks:
            one.speaks = True
            one.until_s = _now_s() + HEADER_S

    @contextmanager
    def at_work(self, transport: asyncio.BaseTransport | None) -> Iterator[None]:
        """A request is whole but for its body, and is worked on while the context is open."""
        one = self._all.get(transport) if transport is not None else None
        if one is None:
            yield
            return
        self._waited_for.pop(one, None)
        one.until_s = _now_s() + REQUEST_S
        try:
            yield
        finally:
            if one.transport in self._all:
                idle_s = PROXY_IDLE_S if one.is_proxy else IDLE_S
                one.until_s, one.speaks = _now_s() + idle_s, False
                self._waited_for[one] = None

    def is_socket(self, transport: asyncio.BaseTransport | None) -> None:
        """From now on it is a page's WebSocket, which is watched by its heartbeat."""
        one = self._all.get(transport) if transport is not None else None
        if one is not None:
            one.until_s = float("inf")

    def sweep(self) -> int:
        """Cuts off those whose time is over; how many."""
        now_s = _now_s()
        late = [one for one in self._all.values() if one.until_s <= now_s]
        for one in late:
            self._cut(one)
        return len(late)

    async def sweep_on(self) -> None:
        """Does so again and again."""
        while True:
            await asyncio.sleep(SWEEP_S)
            self.sweep()

    def _make_room(self, remote: str, *, is_proxy: bool) -> bool:
        if not is_proxy and self._of_address[remote] >= self._most_of_address:
            mine = (one for one in self._waited_for if one.remote == remote)
            return self._cut(next(mine, None))
        if len(self._all) >= self.most:
            return self._cut(next(iter(self._waited_for), None))
        return True

    def _cut(self, one: Connection | None) -> bool:
        if one is None:
            return False
        self._all.pop(one.transport, None)
        self._forget(one)
        one.transport.abort()
        return True

    def _forget(self, one: Connection) -> None:
        self._waited_for.pop(one, None)
        self._of_address[one.remote] -= 1
        if not self._of_address[one.remote]:
            del self._of_address[one.remote]


CONNECTIONS: Final = web.AppKey("connections", Connections)


def _now_s() -> float:
    return asyncio.get_running_loop().time()
