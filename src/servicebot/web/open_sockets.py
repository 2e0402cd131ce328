"""The open WebSockets of this process: at the end each is told, so that its page connects elsewhere."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import WSCloseCode, web

OPEN: Final = web.AppKey("open_sockets", list[web.WebSocketResponse])
CLOSE_S: Final = 2.0  # who does not answer the goodbye within this is cut off


@asynccontextmanager
async def open_socket(request: web.Request) -> AsyncIterator[web.WebSocketResponse]:
    """A prepared socket that is told when the server stops."""
    socket = web.WebSocketResponse(heartbeat=20.0, max_msg_size=65_536, timeout=CLOSE_S)
    await socket.prepare(request)
    sockets = request.app[OPEN]
    sockets.append(socket)
    try:
        yield socket
    finally:
        sockets.remove(socket)


async def say_goodbye(app: web.Application) -> None:
    """Closes them all at once."""
    sockets = app[OPEN]
    goodbyes = (
        one.close(code=WSCloseCode.GOING_AWAY, message=b"restart") for one in tuple(sockets)
    )
    await asyncio.gather(*goodbyes, return_exceptions=True)
