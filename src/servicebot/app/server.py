"""Serves HTTP over a running engine until it is told to stop."""

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from servicebot.app.guarded_site import GuardedSite, make_connections
from servicebot.web.connections import CONNECTIONS
from servicebot.web.turnstile import TURNSTILE, Turnstile
from servicebot.web_settings import Web

SHUTDOWN_S: Final = 3.0
# After each read or write the loop wants the interpreter back from the threads that understand
# messages; at Python's 5 ms a busy server would answer a few hundred times a second.
SWITCH_S: Final = 0.0005
_LINGER_S: Final = 1.0  # for the rest of a body that nobody reads
_MOST_HEADERS: Final = 64


async def serve_http(
    app: web.Application, settings: Web, port: int, ready: Callable[[str], None]
) -> None:
    """Serves until SIGTERM or SIGINT; then takes nothing new and lets what runs end.

    Args:
        app: What answers.
        settings: Where it listens and what it holds.
        port: 0 takes a free one.
        ready: Called with the address once requests are answered.

    Raises:
        OSError: The port is taken.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    # Content and model stay for good: the collector would walk through all of it in the middle of
    # a crowd, a tenth of a second and more at a time.
    gc.collect()
    gc.freeze()
    async with listening(app, settings, port) as url:
        ready(url)
        await stop.wait()


@asynccontextmanager
async def listening(app: web.Application, settings: Web, port: int) -> AsyncIterator[str]:
    """Serves while the context is open; gives the address.

    Raises:
        OSError: The port is taken.
    """
    sys.setswitchinterval(SWITCH_S)
    connections = make_connections(settings)
    app[CONNECTIONS], app[TURNSTILE] = connections, Turnstile()
    runner = web.AppRunner(
        app,
        access_log=None,
        shutdown_timeout=SHUTDOWN_S,
        lingering_time=_LINGER_S,
        max_headers=_MOST_HEADERS,
    )
    await runner.setup()
    sweeping = asyncio.create_task(connections.sweep_on())
    try:
        await GuardedSite(runner, (settings.host, port), connections, settings.proxies).start()
        yield f"http://{settings.host}:{runner.addresses[0][1]}"
    finally:
        sweeping.cancel()
        await runner.cleanup()
