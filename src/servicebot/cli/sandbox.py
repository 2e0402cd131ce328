"""`servicebot sandbox-bank`: the sample bank as a program of its own."""

import json
import os
import sys
import threading
from datetime import date, datetime
from pathlib import Path

import click

from servicebot.sandbox_bank.app import run
from servicebot.sandbox_bank.book import BookError
from servicebot.sandbox_bank.options import SandboxOptions
from servicebot.telemetry.logs import set_up_logs


@click.command("sandbox-bank")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8090, show_default=True, type=click.IntRange(1, 65535))
@click.option("--book", type=click.Path(path_type=Path), default=Path("var/sandbox/book.db"))
@click.option("--token", default="", help="What servicebot sends as its bearer token.")
@click.option("--callback-url", default=None, help="servicebot's /webhooks/bank.")
@click.option("--callback-secret", default="", help="Signs the callbacks.")
@click.option("--public-url", default=None, help="Where browsers reach it; host and port.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Fix the date.")
@click.option("--with-parent", is_flag=True, help="Read the secrets from stdin, end with it.")
def sandbox_bank(  # noqa: PLR0913, PLR0917  one parameter per option
    host: str,
    port: int,
    book: Path,
    token: str,
    callback_url: str | None,
    callback_secret: str,
    public_url: str | None,
    today: datetime | None,
    with_parent: bool,
) -> None:
    """Run the sandbox bank: a sample, with sample customers and sample figures."""
    set_up_logs("WARNING")
    if with_parent:
        told = json.loads(sys.stdin.readline())
        token, callback_url = told["token"], told["callback_url"]
        callback_secret = told["callback_secret"]
        threading.Thread(target=_end_with_parent, daemon=True).start()
    if not token:
        raise click.UsageError("Give --token, the same as SERVICEBOT_BANK_TOKEN.")
    book.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    book.touch(mode=0o600)  # names, accounts and PINs, if only of samples
    fixed: date | None = today.date() if today is not None else None
    options = SandboxOptions(
        host=host,
        port=port,
        book_path=book,
        service_token=token,
        callback_url=callback_url,
        callback_secret=callback_secret,
        public_url=public_url or f"http://{host}:{port}",
        today=fixed,
    )
    try:
        run(options)
    except BookError as error:
        raise click.ClickException(str(error)) from error


def _end_with_parent() -> None:
    """A parent that was killed closes our stdin; the book is safe at any moment."""
    sys.stdin.read()
    os._exit(0)
