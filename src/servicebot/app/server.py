"""Serves HTTP over a running engine until it is told to stop."""

import asyncio
import signal
from collections.abc import Callable

from aiohttp import web

SHUTDOWN_S = 3.0


async def serve_http(
    app: web.Application, host: str, port: int, ready: Callable[[str], None]
) -> None:
    """Serves until SIGTERM or SIGINT; then takes nothing new and lets what runs end.

    Args:
        app: What answers.
        host: Where it listens.
        port: 0 takes a free one.
        ready: Called with the address once requests are answered.

    Raises:
        OSError: The port is taken.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_S)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, backlog=1024)
        await site.start()
        ready(f"http://{host}:{runner.addresses[0][1]}")
        await stop.wait()
    finally:
        await runner.cleanup()
