"""The frames of a page's WebSocket, as many as a person and a page can send."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from aiohttp import WSCloseCode, WSMsgType, web

from servicebot.adapters.in_process.buckets import InProcessBuckets
from servicebot.domain.rates import Rate
from servicebot.ports.clock import Clock

RATE: Final = Rate(per_s=10, at_once=60)  # a page that comes back sends all it has kept at once
_TOO_FAST: Final = b"too many frames"


async def frames_in_time(socket: web.WebSocketResponse, clock: Clock) -> AsyncIterator[str]:
    """The texts that come; who floods is closed with 1008, so that nobody else waits.

    Pings of the protocol count too, and are answered here.
    """
    bucket = InProcessBuckets(clock, most_names=1)
    async for frame in socket:
        if frame.type is WSMsgType.PONG:
            continue
        if bucket.take_now("frames", RATE) > 0:
            await socket.close(code=WSCloseCode.POLICY_VIOLATION, message=_TOO_FAST)
            return
        if frame.type is WSMsgType.PING:
            await socket.pong(frame.data)
        elif frame.type is WSMsgType.TEXT:
            yield frame.data
        await asyncio.sleep(0)  # whatever has come in one piece, others are served in between
