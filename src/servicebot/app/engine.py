"""The running program without its HTTP server: one process may do all of it, or many a part each."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

import aiohttp

from servicebot.adapters.in_files.audit_head import HeadFile
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.local_models.local_lure_reader import LocalLureReader
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.deliver import delivering
from servicebot.app.desk import DeskParts, build_desk
from servicebot.app.desk_door import build_bank_sign_in, open_sign_in
from servicebot.app.limits import build_gate, build_throttle
from servicebot.app.loops import repeating
from servicebot.app.origins import allowed_origins
from servicebot.app.process import Process
from servicebot.app.secret_file import chat_secret
from servicebot.app.stores import Stores, open_stores
from servicebot.app.studio import open_studio
from servicebot.app.vitals import Vitals
from servicebot.channels.registry import build_wechat
from servicebot.content.content import Content
from servicebot.content.load import load_contacts
from servicebot.domain.errors import UnavailableError
from servicebot.screening.allow_list import AllowList, Contact
from servicebot.settings import Settings
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.accept import Door
from servicebot.turns.archive import archive
from servicebot.turns.rehearse import rehearse
from servicebot.web.chat_ticket import ChatTickets
from servicebot.web.desk_board import DeskBoard
from servicebot.web.desk_looks import DeskLooks
from servicebot.web.services import Services
from servicebot.web.sign_in import SignIn
from servicebot.web.studio_services import StudioServices

if TYPE_CHECKING:
    from servicebot.understanding.understand import Understander


TELL_HEAD_S: Final = 3600.0
_logger = logging.getLogger(__name__)


class Role(StrEnum):
    """What a process does.

    Attributes:
        WEB: Takes messages in and shows lines.
        WORK: Handles messages.
        DELIVER: Sends to messengers.
    """

    WEB = "web"
    WORK = "work"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mind:
    """What a process that handles messages has in its head."""

    content: Content
    understander: "Understander"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What runs.

    Attributes:
        services: What the HTTP handlers work with.
        records: Receipts, for the command line and the conversation player.
        stores: The open stores.
        desk: The hours and who is there.
        vitals: Whether the process does its work.
    """

    services: Services
    records: SqlRecords
    stores: Stores
    desk: DeskParts
    vitals: Vitals

    async def flush_records(self) -> None:
        """Moves receipts to the records now instead of within a second."""
        await archive(self.stores.ledger.unrecorded, self.records)


@asynccontextmanager
async def run_engine(
    settings: Settings, content: Content, understander: "Understander"
) -> AsyncIterator[Engine]:
    """Everything in one process: the embedded default.

    Raises:
        UnavailableError: A store cannot be opened.
    """
    mind = Mind(content=content, understander=understander)
    async with run_roles(settings, frozenset(Role), mind) as engine:
        yield engine


@asynccontextmanager
async def run_roles(
    settings: Settings, roles: frozenset[Role], mind: Mind | None
) -> AsyncIterator[Engine]:
    """Opens everything, works until the context ends, and stops gracefully.

    Args:
        settings: As loaded.
        roles: What this process does.
        mind: Content and model; None where it handles no messages.

    Raises:
        UnavailableError: A store cannot be opened.
    """
    clock, metrics, vitals = SystemClock(), Metrics(), Vitals()
    rehearse()
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(settings, clock))
        vitals.ask("the store", stores.ledger.check)
        session = await stack.enter_async_context(_session(settings))
        process = Process(
            settings=settings,
            stores=stores,
            desk=build_desk(settings.desk, stores, clock),
            session=session,
            lures=LocalLureReader(settings.lures),
            clock=clock,
            metrics=metrics,
            vitals=vitals,
        )
        if Role.DELIVER in roles:
            await stack.enter_async_context(delivering(process))
        if Role.WORK in roles and mind is not None:
            # Only this part needs the model: the others would hold its libraries for nothing.
            from servicebot.app.work import working  # noqa: PLC0415

            await stack.enter_async_context(working(process, mind.content, mind.understander))
        if Role.WEB in roles:
            told = partial(_tell_head, stores.audit_head)
            await stack.enter_async_context(repeating(TELL_HEAD_S, told, name="audit head"))
        stack.callback(vitals.stop_all)
        yield Engine(
            services=await _services(
                process,
                mind.content if mind is not None else None,
                await stack.enter_async_context(open_sign_in(process)),
                await _studio(stack, process) if Role.WEB in roles else None,
            ),
            records=stores.records,
            stores=stores,
            desk=process.desk,
            vitals=vitals,
        )


async def _tell_head(head: HeadFile) -> None:
    """Tells the end of the audit trail, so that whoever keeps the log can prove a cut."""
    if line := await asyncio.to_thread(head.line):
        _logger.info("audit_head", extra={"head": line})


def _session(settings: Settings) -> aiohttp.ClientSession:
    longest_s = max(settings.bank.read_deadline_s, settings.bank.move_deadline_s)
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=longest_s, connect=2.0))


def _contacts(settings: Settings, content: Content | None) -> tuple[Contact, ...]:
    """What may be named; a process that handles no messages reads only this of the content."""
    listed = load_contacts(settings.content_dir) if content is None else content.contacts.values()
    return tuple(one.contact for one in listed)


async def _studio(stack: AsyncExitStack, process: Process) -> StudioServices | None:
    """The studio; without it where nobody could publish, and the log says why."""
    try:
        return await stack.enter_async_context(open_studio(process))
    except UnavailableError as error:
        _logger.warning("no_studio", extra={"why": str(error)})
        return None


async def _services(
    process: Process, content: Content | None, sign_in: SignIn, studio: StudioServices | None
) -> Services:
    settings, stores, desk = process.settings, process.stores, process.desk
    ledger, bell, clock, metrics = stores.ledger, stores.bell, process.clock, process.metrics
    throttle = build_throttle(process)
    door = Door(ledger.mailbox, bell, metrics, build_gate(process, throttle))
    return Services(
        door=door,
        timeline=ledger.timeline,
        outbox=ledger.outbox,
        quota=ledger.quota,
        tickets=ledger.tickets,
        bell=bell,
        clock=clock,
        metrics=metrics,
        settings=settings,
        chat_tickets=ChatTickets(await chat_secret(settings, stores.shared)),
        desk_sessions=desk.sessions,
        desk_board=DeskBoard(ledger.tickets, clock),
        desk_sign_in=sign_in,
        desk_looks=DeskLooks(stores.audit, clock),
        audit=stores.audit,
        oidc=await build_bank_sign_in(process),
        attendant=desk.attendant,
        wechat=build_wechat(
            settings,
            door=door,
            outbox=ledger.outbox,
            quota=ledger.quota,
            bell=bell,
            shared=stores.shared,
            clock=clock,
        ),
        allow_list=AllowList(
            origins=allowed_origins(settings), contacts=_contacts(settings, content)
        ),
        lures=process.lures,
        throttle=throttle,
        waits_for=process.vitals.lately,
        studio=studio,
    )
