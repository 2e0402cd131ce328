"""`servicebot cluster`: every part in a process of its own, on this machine."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click

from servicebot.app.cluster import Cluster, own_redis, plan
from servicebot.cli.environment import environ_now, settings_now
from servicebot.cli.serve import bank_ready
from servicebot.settings import Settings
from servicebot.telemetry.logs import set_up_logs


@click.command()
@click.option("--web", default=2, show_default=True, help="Processes that take messages in.")
@click.option("--work", default=3, show_default=True, help="Processes that handle them.")
@click.option("--sandbox-port", default=8090, show_default=True, help="Taken when it is free.")
def cluster(web: int, work: int, sandbox_port: int) -> None:
    """Try an installation of many processes: a Redis, web, work, deliver and the sandbox bank."""
    settings = settings_now()
    set_up_logs(settings.log_level)
    with bank_ready(settings, None if settings.bank.url else sandbox_port) as ready:
        asyncio.run(_run(ready, web=web, work=work))


async def _run(settings: Settings, *, web: int, work: int) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with _redis(settings) as url:
        environ = {
            **environ_now(),
            "SERVICEBOT_REDIS_URL": url,
            "SERVICEBOT_BANK_URL": settings.bank.url,
            "SERVICEBOT_BANK_TOKEN": settings.bank.token,
            "SERVICEBOT_BANK_CALLBACK_SECRET": settings.bank.callback_secret,
            "SERVICEBOT_DESK_AGENTS": ";".join(
                f"{one.name}:{one.role}={one.password_hash}"
                for one in settings.desk.people.values()
            ),
        }
        parts = plan(environ, web=web, work=work, first_port=settings.web.port)
        running = Cluster(parts)
        click.echo("Starting; the first time the model is fitted: some minutes on two cores.")
        try:
            await running.start()
            for part in parts:
                click.echo(f"  {part.name:10} {part.url}/readyz")
            click.echo(f"Chat: {parts[0].url}/chat   Desk: {parts[0].url}/desk   Stop with Ctrl-C.")
            await stop.wait()
        finally:
            await running.stop()


@asynccontextmanager
async def _redis(settings: Settings) -> AsyncIterator[str]:
    if settings.redis is not None:
        yield settings.redis.url
        return
    async with own_redis(settings.store.dir / "redis") as url:
        yield url
