"""`servicebot records`: receipts out of the records."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import click

from servicebot.adapters.system_clock import SystemClock
from servicebot.app.seal import open_seal
from servicebot.app.stores import open_records
from servicebot.cli.environment import settings_now
from servicebot.domain.receipts import Receipt
from servicebot.ports.records import Found, Records
from servicebot.turns.stored_form import to_json


@click.group()
def records() -> None:
    """Receipts: why the bot said what it said."""


@records.command()
@click.argument("turn")
def receipt(turn: str) -> None:
    """Print the receipt of TURN: a turn's id (`web:c1#3`) or a message's id."""
    found = asyncio.run(_find(turn))
    if found is None:
        raise click.UsageError(f"There is no receipt of {turn}.")
    click.echo(to_json(found).decode())


@records.command()
@click.argument("conversation")
def export(conversation: str) -> None:
    """Print all receipts of CONVERSATION (`web:c1`), one JSON line each, oldest first."""
    found = asyncio.run(_all_of(conversation))
    for one in found.receipts:
        click.echo(to_json(one).decode())
    if found.unreadable:
        click.echo(f"{found.unreadable} more cannot be read; left out here.", err=True)


@records.command()
@click.argument("conversation", default="")
@click.option("--last", type=click.IntRange(min=1), help="Only the newest so many turns.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def replay(conversation: str, last: int | None, as_json: bool) -> None:
    """Decide recorded turns again, without bank and desk: all, or those of CONVERSATION.

    Ends with exit code 1 where a turn of this very content and model comes out differently.
    """
    # The model's libraries take seconds to import; no other command here needs them.
    command = import_module("servicebot.cli.replay")
    click.get_current_context().exit(command.replay_now(conversation, last, as_json=as_json))


async def _find(turn: str) -> Receipt | None:
    async with _records() as records:
        return await records.receipt(turn)


async def _all_of(conversation: str) -> Found:
    async with _records() as records:
        return await records.of_conversation(conversation)


@asynccontextmanager
async def _records() -> AsyncIterator[Records]:
    settings = settings_now()
    seal = open_seal(settings.store, SystemClock())
    async with open_records(settings, seal) as records:
        yield records
