"""`servicebot web`, `work` and `deliver`: the parts of an installation of many processes."""

import asyncio

import click

from servicebot.app.engine import Mind, Role, run_roles
from servicebot.app.server import serve_http
from servicebot.cli.environment import content_now, settings_now
from servicebot.domain.errors import SettingsError
from servicebot.settings import Settings
from servicebot.telemetry.logs import set_up_logs
from servicebot.web.routes import build_app, build_health_app


@click.command()
def web() -> None:
    """Take messages in and show pages; needs no model."""
    settings = _shared_settings()
    _run(settings, Role.WEB, None)


@click.command()
def work() -> None:
    """Handle messages: as many of these processes as there is work."""
    # Only this part needs the model: the others would hold its libraries for nothing.
    from servicebot.app.understander import build_understander  # noqa: PLC0415

    settings = _shared_settings()
    content = content_now(settings)
    mind = Mind(content=content, understander=build_understander(settings, content))
    _run(settings, Role.WORK, mind)


@click.command()
def deliver() -> None:
    """Send answers to the messengers; needs no model."""
    settings = _shared_settings()
    _run(settings, Role.DELIVER, None)


def _shared_settings() -> Settings:
    settings = settings_now()
    if settings.redis is None:
        fault = (
            "SERVICEBOT_REDIS_URL: `web`, `work` and `deliver` share a Redis; set its address, "
            "or use `servicebot serve`, which does all of it in one process."
        )
        raise SettingsError((fault,))
    set_up_logs(settings.log_level)
    return settings


def _run(settings: Settings, role: Role, mind: Mind | None) -> None:
    """Runs one part until SIGTERM; those without pages answer /readyz on a port of their own."""
    port = settings.web.port if role is Role.WEB else settings.health_port

    async def run() -> None:
        async with run_roles(settings, frozenset({role}), mind) as engine:
            build = build_app if role is Role.WEB else build_health_app
            app = build(engine.services)
            await serve_http(app, settings.web, port, lambda url: _tell(role, url))

    try:
        asyncio.run(run())
    except OSError as error:
        name = "WEB_PORT" if role is Role.WEB else "HEALTH_PORT"
        fault = f"SERVICEBOT_{name}: port {port} cannot be used: {error.strerror}."
        raise SettingsError((fault,)) from error


def _tell(role: Role, url: str) -> None:
    click.echo(f"servicebot {role.value} is ready: {url}/readyz")
