"""`servicebot desk`: the people who may sign in at the desk."""

import asyncio
import getpass
from collections.abc import Awaitable, Callable
from dataclasses import replace

import click

from servicebot.adapters.system_clock import SystemClock
from servicebot.app.desk import build_desk
from servicebot.app.secret_file import desk_secret
from servicebot.app.stores import Stores, open_stores
from servicebot.cli.environment import settings_now
from servicebot.cli.new_password import hash_new
from servicebot.domain.audit import AuditAct, AuditEntry
from servicebot.domain.desk_people import Account, Role
from servicebot.domain.errors import RejectedError
from servicebot.web.second_factor import SecondFactor

_ROLES = click.Choice([role.value for role in Role])


@click.group()
def desk() -> None:
    """Accounts of the desk. A change ends the sessions of whom it is about."""


@desk.command("hash")
@click.password_option(help="Asked for when it is not given.")
def hash_password(password: str) -> None:
    """Print an argon2 hash for SERVICEBOT_DESK_AGENTS (name=hash;name:role=hash)."""
    click.echo(hash_new(password, settings_now().desk.password_words))


@desk.command("list")
def list_accounts() -> None:
    """Print all accounts: name, role, whether they have a second factor."""

    async def every(stores: Stores) -> None:
        for account in await stores.accounts.every():
            factor = "second factor" if account.second_factor is not None else "password only"
            click.echo(f"{account.name}\t{account.role.value}\t{factor}")

    _run(every)


@desk.command()
@click.argument("name")
@click.option("--role", type=_ROLES, default=Role.AGENT.value, show_default=True)
@click.password_option(help="At least 12 characters; asked for when it is not given.")
def add(name: str, role: str, password: str) -> None:
    """Add an account."""
    hashed = _hash(password, name)

    async def put(stores: Stores) -> None:
        if not 0 < len(name.strip()) <= 100:  # noqa: PLR2004  the width of the column
            raise click.UsageError("A name has 1 to 100 characters.")
        if await stores.accounts.find(name.strip()) is not None:
            raise click.UsageError(f"There is an account {name} already.")
        account = Account(name=name.strip(), role=Role(role), password_hash=hashed)
        await _change(stores, account, AuditAct.ACCOUNT_ADDED, role)

    _run(put)


@desk.command("role")
@click.argument("name")
@click.argument("role", type=_ROLES)
def set_role(name: str, role: str) -> None:
    """Give NAME another role."""

    async def put(stores: Stores) -> None:
        account = replace(await _known(stores, name), role=Role(role))
        await _change(stores, account, AuditAct.ROLE_SET, role)

    _run(put)


@desk.command()
@click.argument("name")
@click.password_option(help="At least 12 characters; asked for when it is not given.")
def password(name: str, password: str) -> None:
    """Give NAME another password; browsers that were known are not known any more."""
    hashed = _hash(password, name)

    async def put(stores: Stores) -> None:
        account = replace(await _known(stores, name), password_hash=hashed)
        await _change(stores, account, AuditAct.PASSWORD_SET)

    _run(put)


@desk.command("second-factor")
@click.argument("name")
@click.option("--remove", is_flag=True, help="Take it away: the password alone is enough then.")
def second_factor(name: str, remove: bool) -> None:
    """Give NAME a new second factor and print its address for an app; it is shown once."""

    async def put(stores: Stores) -> None:
        account = await _known(stores, name)
        if remove:
            account = replace(account, second_factor=None)
            await _change(stores, account, AuditAct.SECOND_FACTOR_REMOVED)
            return
        factor = SecondFactor(await desk_secret(settings_now(), stores.lasting))
        sealed, address = factor.enrol(account.name)
        account = replace(account, second_factor=sealed)
        await _change(stores, account, AuditAct.SECOND_FACTOR_SET)
        click.echo(address)

    _run(put)


@desk.command()
@click.argument("name")
def remove(name: str) -> None:
    """Take the account of NAME away and end their sessions."""

    async def take(stores: Stores) -> None:
        account = await _known(stores, name)
        await _write(stores, AuditAct.ACCOUNT_REMOVED, account.name)
        await stores.accounts.remove(account.name)
        await _end_sessions(stores, account.name)

    _run(take)


def _run(work: Callable[[Stores], Awaitable[None]]) -> None:
    async def opened() -> None:
        async with open_stores(settings_now(), SystemClock()) as stores:
            await work(stores)

    asyncio.run(opened())


def _hash(password: str, name: str) -> str:
    return hash_new(password, (name, *settings_now().desk.password_words))


async def _known(stores: Stores, name: str) -> Account:
    account = await stores.accounts.find(name.strip())
    if account is None:
        raise RejectedError(f"There is no account {name}; `servicebot desk list` names all.")
    return account


async def _change(stores: Stores, account: Account, act: AuditAct, detail: str = "") -> None:
    """First the audit trail, then the account, then its sessions."""
    await _write(stores, act, account.name, detail)
    await stores.accounts.put(account)
    await _end_sessions(stores, account.name)


async def _write(stores: Stores, act: AuditAct, name: str, detail: str = "") -> None:
    who = f"cli:{getpass.getuser()}"
    now = SystemClock().now()
    await stores.audit.append(AuditEntry(at=now, who=who, act=act, what=name, detail=detail))


async def _end_sessions(stores: Stores, name: str) -> None:
    parts = build_desk(settings_now().desk, stores, SystemClock())
    await parts.sessions.end_all(name)
    await parts.attendant.signed_out(name)
