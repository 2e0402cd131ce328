"""`servicebot serve`: the main job."""

import asyncio
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import click
from argon2 import PasswordHasher

from servicebot.app.engine import run_engine
from servicebot.app.sandbox_process import sandbox_process
from servicebot.app.server import serve_http
from servicebot.app.understander import build_understander
from servicebot.cli.environment import content_now, settings_now
from servicebot.domain.desk_people import Account, Role
from servicebot.domain.errors import SettingsError
from servicebot.settings import Settings
from servicebot.telemetry.logs import set_up_logs
from servicebot.web.routes import build_app

SAMPLE_AGENT: Final = "小王"
SAMPLE_EDITOR: Final = "小文"
SAMPLE_APPROVER: Final = "小审"
SAMPLE_PASSWORD: Final = "sandbox-desk"  # noqa: S105  printed at start, only with --sandbox


@click.command()
@click.option("--sandbox", is_flag=True, help="Also start the sandbox bank, with sample customers.")
@click.option("--sandbox-port", default=8090, show_default=True, help="Taken when it is free.")
def serve(sandbox: bool, sandbox_port: int) -> None:
    """Serve the webhooks, the pages and the workers in one process."""
    settings = settings_now()
    set_up_logs(settings.log_level)
    with bank_ready(settings, sandbox_port if sandbox else None) as ready:
        click.echo(
            "Loading the content and the model. The first time, and after phrases were changed, the model is fitted to them: some minutes on two cores.",
            err=True,
        )
        content = content_now(ready)
        understander = build_understander(ready, content)

        async def run() -> None:
            async with run_engine(ready, content, understander) as engine:
                app, web = build_app(engine.services), ready.web
                await serve_http(
                    app,
                    web,
                    web.port,
                    lambda url: click.echo(
                        banner(
                            web.public_url or url,
                            bank_url=ready.bank.url if sandbox else None,
                            has_own_people=bool(settings.desk.people),
                        )
                    ),
                )

        try:
            asyncio.run(run())
        except OSError as error:
            fault = f"SERVICEBOT_WEB_PORT: port {ready.web.port} cannot be used: {error.strerror}."
            raise SettingsError((fault,)) from error


@contextmanager
def bank_ready(settings: Settings, sandbox_port: int | None) -> Iterator[Settings]:
    """The settings with a running sandbox bank, where a port for one is given."""
    if sandbox_port is None:
        yield settings
        return
    if settings.bank.url:
        fault = "SERVICEBOT_BANK_URL: take it out, or start without --sandbox."
        raise SettingsError((fault,))
    people = settings.desk.people or _sample_people()
    token, secret = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    with sandbox_process(settings, sandbox_port, token=token, secret=secret) as url:
        bank = replace(settings.bank, url=url, token=token, callback_secret=secret, sandbox=True)
        yield replace(settings, bank=bank, desk=replace(settings.desk, people=people))


def _sample_people() -> Mapping[str, Account]:
    hashed = PasswordHasher().hash(SAMPLE_PASSWORD)
    roles = {
        SAMPLE_AGENT: Role.AGENT,
        SAMPLE_EDITOR: Role.EDITOR,
        SAMPLE_APPROVER: Role.APPROVER,
    }
    return {
        name: Account(name=name, role=role, password_hash=hashed) for name, role in roles.items()
    }


def banner(url: str, *, bank_url: str | None, has_own_people: bool) -> str:
    """What is told once requests are answered.

    Args:
        url: Of the pages.
        bank_url: Of the sandbox bank; None where there is none.
        has_own_people: Whether the settings name accounts, so that there are no sample ones.
    """
    lines = ["", "servicebot is ready.", f"  Chat:   {url}/chat", f"  Desk:   {url}/desk"]
    studio = f"  Studio: {url}/studio"
    if bank_url is None:
        lines.append(studio)
    else:
        own = "          sign in as one of SERVICEBOT_DESK_AGENTS"
        lines += [
            own if has_own_people else f"          sign in as {SAMPLE_AGENT}",
            studio,
            own
            if has_own_people
            else f"          sign in as {SAMPLE_EDITOR} (writes) or {SAMPLE_APPROVER} (approves);"
            f" the sample password of all three is {SAMPLE_PASSWORD}",
            f"  Bank:   {bank_url}/sandbox/customers  (sample customers and their PINs)",
        ]
    return "\n".join((*lines, "Stop with Ctrl-C."))
