"""The part of the program that handles messages, and the jobs that belong to it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import aiohttp

from servicebot.adapters.bank_http.bank import HttpBank
from servicebot.app.desk import DeskParts
from servicebot.app.loops import by_one, repeating, running
from servicebot.app.origins import allowed_origins
from servicebot.app.stores import Stores
from servicebot.app.vitals import Vitals
from servicebot.banking.perform import Deadlines, Performer
from servicebot.banking.resolve import Resolver
from servicebot.channels.registry import PUSH_HOLDS
from servicebot.content.content import Content
from servicebot.handover.escalate import Escalator
from servicebot.hearing.listen import Listener
from servicebot.ports.bank import Bank
from servicebot.ports.clock import Clock
from servicebot.settings import Settings
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.archive import archive
from servicebot.turns.give_up import Apologist
from servicebot.turns.think import Thinker
from servicebot.turns.turn import Turn
from servicebot.turns.work import Workers
from servicebot.understanding.microbatch import MicroBatcher
from servicebot.understanding.understand import Understander

RESOLVE_EVERY_S: Final = 5.0
ARCHIVE_EVERY_S: Final = 1.0
ATTEND_EVERY_S: Final = 5.0
PRUNE_EVERY_S: Final = 3600.0


@asynccontextmanager
async def working(
    settings: Settings,
    stores: Stores,
    desk: DeskParts,
    session: aiohttp.ClientSession,
    mind: tuple[Content, Understander],
    watch: tuple[Clock, Metrics, Vitals],
) -> AsyncIterator[None]:
    """Handles messages while the context is open."""
    content, understander = mind
    clock, metrics, vitals = watch
    ledger = stores.ledger
    bank = HttpBank(session, settings.bank.url, settings.bank.token)
    async with AsyncExitStack() as stack:
        batcher = await stack.enter_async_context(MicroBatcher(understander))
        escalator = Escalator(content)
        performer = _performer(settings, bank, stores, clock)
        workers = Workers(
            mailbox=ledger.mailbox,
            turn=Turn(
                listener=Listener(batcher, content),
                thinker=Thinker(performer, content, desk.reader),
                escalator=escalator,
                desk=desk.reader,
                tickets=ledger.tickets,
                content=content,
                model_hash=understander.model_hash,
                clock=clock,
                allowed_origins=allowed_origins(settings),
                holds=PUSH_HOLDS,
            ),
            apologist=Apologist(escalator, desk.reader, content, pushed=frozenset(PUSH_HOLDS)),
            bell=stores.bell,
            clock=clock,
            metrics=metrics,
        )
        crew = running(workers, settings.store.workers, name="workers", vitals=vitals)
        await stack.enter_async_context(crew)
        resolver = Resolver(bank, ledger.journal, ledger.mailbox, clock)
        await _repeat_jobs(stack, stores, desk, resolver, metrics, vitals)
        yield


async def _repeat_jobs(
    stack: AsyncExitStack,
    stores: Stores,
    desk: DeskParts,
    resolver: Resolver,
    metrics: Metrics,
    vitals: Vitals,
) -> None:
    ledger, shared = stores.ledger, stores.shared

    async def count_waiting() -> None:
        metrics.waiting.set(await ledger.mailbox.depth())
        metrics.unreadable.set(await ledger.unrecorded.count_aside())

    async def record() -> None:
        await archive(ledger.unrecorded, stores.records)

    alone = (
        ("resolver", RESOLVE_EVERY_S, resolver.resolve),
        ("archive", ARCHIVE_EVERY_S, record),
        ("prune", PRUNE_EVERY_S, ledger.prune),
        ("promises", ATTEND_EVERY_S, desk.attendant.keep_promises),
        ("silence", ATTEND_EVERY_S, desk.attendant.take_back_silent),
    )
    for name, every_s, job in alone:
        once = by_one(shared, name, every_s, job)
        await stack.enter_async_context(repeating(every_s, once, name=name, vitals=vitals))
    counting = repeating(ARCHIVE_EVERY_S, count_waiting, name="depth", vitals=vitals)
    await stack.enter_async_context(counting)
    stack.push_async_callback(record)


def _performer(settings: Settings, bank: Bank, stores: Stores, clock: Clock) -> Performer:
    deadlines = Deadlines(
        read_s=settings.bank.read_deadline_s, move_s=settings.bank.move_deadline_s
    )
    return Performer(bank, stores.ledger.journal, stores.shared, clock, deadlines)
