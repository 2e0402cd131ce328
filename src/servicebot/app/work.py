"""The part of the program that handles messages, and the jobs that belong to it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Final

from servicebot.adapters.bank_http.bank import HttpBank
from servicebot.app.batchers import Batchers
from servicebot.app.edition_teller import EditionTeller
from servicebot.app.loops import by_one, repeating, running
from servicebot.app.origins import allowed_origins
from servicebot.app.process import Process
from servicebot.app.publish import publishing
from servicebot.banking.perform import Deadlines, Performer
from servicebot.banking.resolve import Resolver
from servicebot.channels.registry import PUSH_HOLDS
from servicebot.content.content import Content
from servicebot.handover.escalate import Escalator
from servicebot.hearing.listen import Listener
from servicebot.ports.bank import Bank
from servicebot.turns.archive import archive
from servicebot.turns.edition import Edition, Editions
from servicebot.turns.give_up import Apologist
from servicebot.turns.lapse import Lifetimes
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
    process: Process, content: Content, understander: Understander
) -> AsyncIterator[None]:
    """Handles messages while the context is open, by the newest sound edition of the content."""
    settings, ledger = process.settings, process.stores.ledger
    bank = HttpBank(process.session, settings.bank.url, settings.bank.token)
    async with AsyncExitStack() as stack:
        batchers = await stack.enter_async_context(Batchers())
        make = partial(_edition, process, bank)
        editions = Editions(make(content, batchers.begin(understander)))
        workers = Workers(
            mailbox=ledger.mailbox,
            editions=editions,
            bell=process.stores.bell,
            clock=process.clock,
            metrics=process.metrics,
        )
        crew = running(workers, settings.store.workers, name="workers", vitals=process.vitals)
        await stack.enter_async_context(crew)
        resolver = Resolver(bank, ledger.journal, ledger.mailbox, process.clock)
        await _repeat_jobs(stack, process, resolver)
        if settings.content_watch:

            def take(changed: Content, fitted: Understander) -> None:
                editions.publish(make(changed, batchers.begin(fitted)))

            tell = EditionTeller(process.stores.lasting, process.clock).tell
            await stack.enter_async_context(publishing(settings, content, take, tell))
        yield


def _edition(
    process: Process, bank: Bank, content: Content, mind: tuple[MicroBatcher, str]
) -> Edition:
    settings, desk = process.settings, process.desk
    batcher, model_hash = mind
    escalator = Escalator(content)
    turn = Turn(
        listener=Listener(batcher, content),
        thinker=Thinker(_performer(process, bank), content, desk.reader),
        escalator=escalator,
        desk=desk.reader,
        tickets=process.stores.ledger.tickets,
        lures=process.lures,
        content=content,
        model_hash=model_hash,
        clock=process.clock,
        allowed_origins=allowed_origins(settings),
        lifetimes=Lifetimes(
            idle=timedelta(minutes=settings.identity.idle_min),
            hard=timedelta(hours=settings.identity.hours),
        ),
        holds=PUSH_HOLDS,
    )
    apologist = Apologist(escalator, desk.reader, content, pushed=frozenset(PUSH_HOLDS))
    return Edition(version=content.version, turn=turn, apologist=apologist)


async def _repeat_jobs(stack: AsyncExitStack, process: Process, resolver: Resolver) -> None:
    stores, vitals, metrics = process.stores, process.vitals, process.metrics
    ledger, shared, desk = stores.ledger, stores.shared, process.desk

    async def count_waiting() -> None:
        metrics.waiting.set((await ledger.mailbox.load()).waiting)
        metrics.unreadable.set(await ledger.unrecorded.count_aside())

    async def record() -> None:
        await archive(ledger.unrecorded, stores.records)

    async def forget_old() -> None:
        before = process.clock.now() - timedelta(days=process.settings.records_days)
        await stores.records.prune(before, await stores.keyring.held_keys())

    alone = (
        ("resolver", RESOLVE_EVERY_S, resolver.resolve),
        ("archive", ARCHIVE_EVERY_S, record),
        ("prune", PRUNE_EVERY_S, ledger.prune),
        ("old records", PRUNE_EVERY_S, forget_old),
        ("unsealed records", ARCHIVE_EVERY_S, stores.records.seal_old),
        ("promises", ATTEND_EVERY_S, desk.attendant.keep_promises),
        ("silence", ATTEND_EVERY_S, desk.attendant.take_back_silent),
    )
    for name, every_s, job in alone:
        once = by_one(shared, name, every_s, job)
        await stack.enter_async_context(repeating(every_s, once, name=name, vitals=vitals))
    counting = repeating(ARCHIVE_EVERY_S, count_waiting, name="depth", vitals=vitals)
    await stack.enter_async_context(counting)
    stack.push_async_callback(record)


def _performer(process: Process, bank: Bank) -> Performer:
    settings, stores = process.settings.bank, process.stores
    deadlines = Deadlines(read_s=settings.read_deadline_s, move_s=settings.move_deadline_s)
    return Performer(bank, stores.ledger.journal, stores.shared, process.clock, deadlines)
