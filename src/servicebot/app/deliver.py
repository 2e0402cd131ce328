"""The part of the program that sends to messengers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from servicebot.app.loops import running
from servicebot.app.process import Process
from servicebot.channels.registry import build_push_channels
from servicebot.turns.deliver import Senders

SENDERS: Final = 4


@asynccontextmanager
async def delivering(process: Process) -> AsyncIterator[None]:
    """Sends while the context is open; where no messenger is on there is nothing to send."""
    stores = process.stores
    pushes = build_push_channels(
        process.settings, process.session, stores.ledger.quota, stores.shared
    )
    if not pushes:
        yield
        return
    senders = Senders(stores.ledger.outbox, pushes, stores.bell, process.metrics)
    async with running(senders, SENDERS, name="senders", vitals=process.vitals):
        yield
