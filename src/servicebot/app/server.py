"""Serves HTTP over a running engine until it is told to stop."""

import asyncio
import signal
from collections.abc import Callable

from aiohttp import web

from servicebot.app.engine import Engine
from servicebot.settings import Settings
from servicebot.web.routes import build_app

SHUTDOWN_S = 5.0


async def serve_http(engine: Engine, settings: Settings, ready: Callable[[str], None]) -> None:
    """Serves until SIGTERM or SIGINT; then takes nothing new and lets what runs end.

    Args:
        engine: What runs.
        settings: As loaded.
        ready: Called with the address once requests are answered.

    Raises:
        OSError: The port is taken.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    runner = web.AppRunner(build_app(engine.services), access_log=None, shutdown_timeout=SHUTDOWN_S)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.web.host, settings.web.port, backlog=1024)
        await site.start()
        port = runner.addresses[0][1]
        ready(settings.web.public_url or f"http://{settings.web.host}:{port}")
        await stop.wait()
    finally:
        await runner.cleanup()
