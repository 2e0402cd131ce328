"""The running program without its HTTP server."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

import aiohttp

from servicebot.adapters.bank_http.bank import HttpBank
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.in_sqlite.prune import prune
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.desk import DeskParts, build_desk
from servicebot.app.loops import repeating, running
from servicebot.app.origins import allowed_origins
from servicebot.app.secret_file import kept_secret
from servicebot.app.stores import Stores, open_stores
from servicebot.banking.perform import Deadlines, Performer
from servicebot.banking.resolve import Resolver
from servicebot.channels.registry import PUSH_HOLDS, build_push_channels, build_wechat
from servicebot.content.content import Content
from servicebot.handover.attend import Attendant
from servicebot.handover.escalate import Escalator
from servicebot.hearing.listen import Listener
from servicebot.ports.bank import Bank
from servicebot.ports.clock import Clock
from servicebot.settings import Settings
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.accept import Door
from servicebot.turns.archive import archive
from servicebot.turns.bell import Bell
from servicebot.turns.deliver import Senders
from servicebot.turns.give_up import Apologist
from servicebot.turns.think import Thinker
from servicebot.turns.turn import Turn
from servicebot.turns.work import Workers
from servicebot.understanding.microbatch import MicroBatcher
from servicebot.understanding.understand import Understander
from servicebot.web.chat_ticket import ChatTickets
from servicebot.web.services import Services

RESOLVE_EVERY_S: Final = 5.0
ARCHIVE_EVERY_S: Final = 1.0
ATTEND_EVERY_S: Final = 5.0
PRUNE_EVERY_S: Final = 3600.0
SENDERS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What runs.

    Attributes:
        services: What the HTTP handlers work with.
        records: Receipts, for the command line and the conversation player.
        stores: The open stores.
        desk: The hours and who is there.
    """

    services: Services
    records: SqlRecords
    stores: Stores
    desk: DeskParts

    async def flush_records(self) -> None:
        """Moves receipts to the records now instead of within a second."""
        await archive(self.stores.unrecorded, self.records)


@asynccontextmanager
async def run_engine(
    settings: Settings, content: Content, understander: Understander
) -> AsyncIterator[Engine]:
    """Opens everything, works until the context ends, and stops gracefully.

    Raises:
        UnavailableError: A store cannot be opened.
    """
    clock, bell, metrics = SystemClock(), Bell(), Metrics()
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(settings, clock))
        session = await stack.enter_async_context(_session(settings))
        batcher = await stack.enter_async_context(MicroBatcher(understander))
        bank = HttpBank(session, settings.bank.url, settings.bank.token)
        desk = build_desk(settings.desk, stores, clock)
        escalator = Escalator(stores.tickets, content, stores.mailbox)
        workers = Workers(
            mailbox=stores.mailbox,
            turn=Turn(
                listener=Listener(batcher, content),
                thinker=Thinker(_performer(settings, bank, stores, clock), content, desk.reader),
                escalator=escalator,
                desk=desk.reader,
                content=content,
                model_hash=understander.model_hash,
                clock=clock,
                allowed_origins=allowed_origins(settings),
                holds=PUSH_HOLDS,
            ),
            apologist=Apologist(
                escalator, desk.reader, content, clock, pushed=frozenset(PUSH_HOLDS)
            ),
            bell=bell,
            clock=clock,
            metrics=metrics,
        )
        pushes = build_push_channels(settings, session, stores.quota, clock)
        senders = Senders(stores.outbox, pushes, bell, metrics)
        await stack.enter_async_context(running(senders, SENDERS if pushes else 0))
        await stack.enter_async_context(running(workers, settings.store.workers))
        await _repeat_jobs(stack, stores, bank, clock, metrics)
        await _look_after_queue(stack, desk.attendant)
        services = _services(settings, stores, bell, clock, metrics, desk)
        yield Engine(services=services, records=stores.records, stores=stores, desk=desk)


async def _repeat_jobs(
    stack: AsyncExitStack, stores: Stores, bank: Bank, clock: Clock, metrics: Metrics
) -> None:
    resolver = Resolver(bank, stores.journal, stores.mailbox, clock)

    async def count_waiting() -> None:
        metrics.waiting.set(await stores.mailbox.depth())
        metrics.unreadable.set(await stores.unrecorded.count_aside())

    for every_s, job in (
        (RESOLVE_EVERY_S, resolver.resolve),
        (ARCHIVE_EVERY_S, lambda: archive(stores.unrecorded, stores.records)),
        (PRUNE_EVERY_S, lambda: prune(stores.database, clock)),
        (ARCHIVE_EVERY_S, count_waiting),
    ):
        await stack.enter_async_context(repeating(every_s, job))
    stack.push_async_callback(archive, stores.unrecorded, stores.records)


async def _look_after_queue(stack: AsyncExitStack, attendant: Attendant) -> None:
    for job in (attendant.keep_promises, attendant.take_back_silent):
        await stack.enter_async_context(repeating(ATTEND_EVERY_S, job))


def _performer(settings: Settings, bank: Bank, stores: Stores, clock: Clock) -> Performer:
    deadlines = Deadlines(
        read_s=settings.bank.read_deadline_s, move_s=settings.bank.move_deadline_s
    )
    return Performer(bank, stores.journal, clock, deadlines)


def _session(settings: Settings) -> aiohttp.ClientSession:
    longest_s = max(settings.bank.read_deadline_s, settings.bank.move_deadline_s)
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=longest_s, connect=2.0))


def _chat_secret(settings: Settings) -> str:
    return settings.web.chat_secret or kept_secret(settings.store.dir, "chat")


def _services(
    settings: Settings,
    stores: Stores,
    bell: Bell,
    clock: Clock,
    metrics: Metrics,
    desk: DeskParts,
) -> Services:
    door = Door(stores.mailbox, bell, metrics)
    return Services(
        door=door,
        timeline=stores.timeline,
        outbox=stores.outbox,
        tickets=stores.tickets,
        bell=bell,
        clock=clock,
        metrics=metrics,
        settings=settings,
        chat_tickets=ChatTickets(_chat_secret(settings)),
        desk_sessions=desk.sessions,
        attendant=desk.attendant,
        wechat=build_wechat(
            settings,
            door=door,
            outbox=stores.outbox,
            quota=stores.quota,
            bell=bell,
            clock=clock,
        ),
        allowed_origins=allowed_origins(settings),
    )
