"""The part of the program that sends to messengers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import aiohttp

from servicebot.app.loops import running
from servicebot.app.stores import Stores
from servicebot.app.vitals import Vitals
from servicebot.channels.registry import build_push_channels
from servicebot.settings import Settings
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.deliver import Senders

SENDERS: Final = 4


@asynccontextmanager
async def delivering(
    settings: Settings,
    stores: Stores,
    session: aiohttp.ClientSession,
    metrics: Metrics,
    vitals: Vitals,
) -> AsyncIterator[None]:
    """Sends while the context is open; where no messenger is on there is nothing to send."""
    pushes = build_push_channels(settings, session, stores.ledger.quota, stores.shared)
    if not pushes:
        yield
        return
    senders = Senders(stores.ledger.outbox, pushes, stores.bell, metrics)
    async with running(senders, SENDERS, name="senders", vitals=vitals):
        yield
