"""The open WebSockets of this process: bounded, by address too, and told when the server stops."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import WSCloseCode, web

from servicebot.domain.errors import OverloadedError, RejectedError, TooManyError
from servicebot.turns.throttle import Deed
from servicebot.web.client_address import client_address
from servicebot.web.connections import CONNECTIONS
from servicebot.web.services import SERVICES

CLOSE_S: Final = 2.0  # who does not answer the goodbye within this is cut off
_SHARE: Final = 0.75  # of the connections; the rest is for requests
_AGAIN_S: Final = 5.0
_HANDSHAKE: Final = ("upgrade", "connection", "sec-websocket-")


class OpenSockets:
    """Who is connected."""

    def __init__(self) -> None:
        self.sockets: set[web.WebSocketResponse] = set()
        self.of_address: Counter[str] = Counter()


OPEN: Final = web.AppKey("open_sockets", OpenSockets)


@asynccontextmanager
async def open_socket(request: web.Request) -> AsyncIterator[web.WebSocketResponse]:
    """A prepared socket that is told when the server stops.

    Raises:
        RejectedError: The handshake is none.
        TooManyError: Too many of this address are open, or were opened lately.
        OverloadedError: Too many are open in all.
    """
    for name, value in request.headers.items():
        if name.lower().startswith(_HANDSHAKE) and not value.isascii():  # the library fails on it
            raise RejectedError(f"{name} is not of a handshake.")
    address, opened = client_address(request), request.app[OPEN]
    await _check(request, opened, address)
    # Pings are answered by `frames_in_time`, which counts them.
    socket = web.WebSocketResponse(
        heartbeat=20.0, max_msg_size=65_536, timeout=CLOSE_S, autoping=False
    )
    opened.sockets.add(socket)
    opened.of_address[address] += 1
    try:
        await socket.prepare(request)
        if (connections := request.app.get(CONNECTIONS)) is not None:
            connections.is_socket(request.transport)
        yield socket
    finally:
        opened.sockets.discard(socket)
        opened.of_address[address] -= 1
        opened.of_address += Counter()  # drops those with none left


async def _check(request: web.Request, opened: OpenSockets, address: str) -> None:
    services, connections = request.app[SERVICES], request.app.get(CONNECTIONS)
    await services.throttle.count(Deed.SOCKET, address)
    if opened.of_address[address] >= services.settings.web.limits.open_sockets:
        raise TooManyError("Too many chats are open at this address.", retry_after_s=_AGAIN_S)
    if connections is not None and len(opened.sockets) >= _SHARE * connections.most:
        raise OverloadedError("Too many chats are open; come again.", retry_after_s=_AGAIN_S)


async def say_goodbye(app: web.Application) -> None:
    """Closes them all at once."""
    goodbyes = (
        one.close(code=WSCloseCode.GOING_AWAY, message=b"restart")
        for one in tuple(app[OPEN].sockets)
    )
    await asyncio.gather(*goodbyes, return_exceptions=True)
