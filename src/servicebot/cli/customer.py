"""`servicebot erase`, `export` and `hold`: what the law asks for the data of one customer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click

from servicebot.adapters.system_clock import SystemClock
from servicebot.app.stores import Stores, open_stores
from servicebot.cli.environment import settings_now
from servicebot.domain.errors import RejectedError
from servicebot.ports.keyring import Hold
from servicebot.turns.customer_data import CustomerData, Kept, Proof
from servicebot.turns.stored_form import to_json


@click.command()
@click.argument("customer")
@click.option("--why", required=True, help="What was asked, without the customer's name.")
@click.confirmation_option(prompt="This cannot be undone. Erase everything that is kept?")
def erase(customer: str, why: str) -> None:
    """Erase CUSTOMER from every store and print the proof.

    CUSTOMER is the bank's word for them, or a conversation (`web:c1`) in which nobody was known.
    The keys of their receipts are destroyed first, so that no copy of the records can be read.
    """
    click.echo(to_json(asyncio.run(_erase(customer, why))).decode())


@click.command()
@click.argument("customer")
def export(customer: str) -> None:
    """Print everything that is kept of CUSTOMER, as one JSON object."""
    click.echo(to_json(asyncio.run(_export(customer))).decode())


@click.command()
@click.argument("customer")
@click.option("--why", help="The order or case, without the customer's name.")
@click.option("--release", is_flag=True, help="Let the data go again.")
def hold(customer: str, why: str | None, *, release: bool) -> None:
    """Keep the data of CUSTOMER, whatever is asked and however old it gets."""
    if (why is None) is not release:
        raise click.UsageError("Say --why it must be kept, or --release.")
    asyncio.run(_hold(customer, why))


async def _erase(customer: str, why: str) -> Proof:
    async with _stores() as stores:
        return await _data(stores).erase(customer, why)


async def _export(customer: str) -> Kept:
    async with _stores() as stores:
        return await _data(stores).export(customer)


async def _hold(customer: str, why: str | None) -> None:
    async with _stores() as stores:
        if not await stores.keyring.of_customer(customer):
            raise RejectedError(f"Nothing is kept of {customer}.")
        held = Hold(since=SystemClock().now(), why=why) if why is not None else None
        await stores.keyring.hold(customer, held)


@asynccontextmanager
async def _stores() -> AsyncIterator[Stores]:
    async with open_stores(settings_now(), SystemClock()) as stores:
        yield stores


def _data(stores: Stores) -> CustomerData:
    return CustomerData(stores.ledger, stores.records, stores.keyring, SystemClock())
