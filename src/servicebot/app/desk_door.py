"""Builds the desk's door: signing in with a password or with the bank's account."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from servicebot.app.process import Process
from servicebot.app.secret_file import desk_secret
from servicebot.web.bank_sign_in import BankSignIn
from servicebot.web.sign_in import SignIn
from servicebot.web.sign_in_tries import SignInTries


@asynccontextmanager
async def open_sign_in(process: Process) -> AsyncIterator[SignIn]:
    """The door of the desk, with its threads."""
    settings, stores = process.settings, process.stores
    door = SignIn(
        people=settings.desk.people,
        accounts=stores.accounts,
        sessions=process.desk.sessions,
        tries=SignInTries(stores.lasting),
        trail=stores.audit,
        clock=process.clock,
        secret=await desk_secret(settings, stores.lasting),
        needs_second_factor=settings.desk.needs_second_factor,
    )
    try:
        yield door
    finally:
        await asyncio.to_thread(door.close)


async def build_bank_sign_in(process: Process) -> BankSignIn | None:
    """Signing in with the bank's account, where it is set up."""
    settings = process.settings
    oidc, web = settings.desk.oidc, settings.web
    if oidc is None:
        return None
    secret = await desk_secret(settings, process.stores.lasting)
    origin = web.public_url or f"http://{web.host}:{web.port}"
    shared = process.stores.lasting
    return BankSignIn(oidc, process.session, shared, process.clock, secret, origin)
