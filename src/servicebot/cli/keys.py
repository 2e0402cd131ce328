"""`servicebot keys`: the keys that seal the stores."""

import asyncio
import os
from collections import Counter
from datetime import timedelta
from typing import Final

import click

from servicebot.adapters.in_sql.batch_runs import SqlBatchRuns
from servicebot.adapters.sealing.aes_gcm import AesGcmSeal, key_id
from servicebot.adapters.sealing.key_sources import from_file, new_key
from servicebot.adapters.sealing.master_keys import MasterKey, parse_keys
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.seal import open_keys
from servicebot.app.stores import REFRESH_KEYS_S, open_stores
from servicebot.cli.environment import settings_now

_KNOWN_AFTER: Final = timedelta(seconds=4 * REFRESH_KEYS_S)


@click.group()
def keys() -> None:
    """The keys that seal the stores: look, add one, seal everything with it."""


@keys.command()
def new() -> None:
    """Make a key: add it to the configured file, or print its line for a key service.

    It seals from two minutes on, when every process has read it.
    """
    made = new_key(SystemClock().now().replace(microsecond=0) + _KNOWN_AFTER)
    store = settings_now().store
    if store.keys_command:
        click.echo(made.line)
        return
    path = store.keys_file or store.dir / "store.keys"
    parse_keys(from_file(path)() + "\n" + made.line)
    with path.open("a", encoding="ascii") as file:
        file.write(made.line + "\n")
        file.flush()
        os.fsync(file.fileno())
    click.echo(f"{made.id.hex()} seals from {made.used_from:%Y-%m-%d %H:%M:%S} UTC on.")


@keys.command("list")
def list_() -> None:
    """Print every key, which one is in use, and how much is sealed with each."""
    in_use, counts = asyncio.run(_counts())
    for key, count in counts:
        used = "  in use" if key == in_use else ""
        click.echo(f"{key.id.hex()}  from {key.used_from:%Y-%m-%d %H:%M:%S} UTC  {count}{used}")


@keys.command()
def reseal() -> None:
    """Seal everything anew that is not sealed with the key in use, while the program runs.

    Afterwards `keys list` shows 0 for the older ones, and they may be taken away.
    """
    in_ledger, wrapped, runs = asyncio.run(_reseal())
    click.echo(
        f"{in_ledger} rows of the ledger, {wrapped} keys of the records and {runs} tested tables"
        " sealed anew."
    )


async def _counts() -> tuple[MasterKey, list[tuple[MasterKey, int]]]:
    found: Counter[bytes] = Counter()

    def count(body: bytes, about: str) -> None:  # noqa: ARG001  what the port passes
        found[key_id(body)] += 1

    async with open_stores(settings_now(), SystemClock()) as stores:
        await stores.ledger.change_bodies(count)
        for wrapped in await stores.keyring.wrapped():
            found[key_id(wrapped)] += 1
        for body in await SqlBatchRuns(stores.sql, AesGcmSeal(stores.keys)).sealed():
            found[key_id(body)] += 1
        return stores.keys.in_use(), [(key, found[key.id]) for key in stores.keys.all()]


async def _reseal() -> tuple[int, int, int]:
    settings, clock = settings_now(), SystemClock()
    seal = AesGcmSeal(open_keys(settings.store, clock))
    async with open_stores(settings, clock) as stores:
        return (
            await stores.ledger.change_bodies(seal.renew),
            await stores.keyring.renew(),
            await SqlBatchRuns(stores.sql, seal).renew(),
        )
