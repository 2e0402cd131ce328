"""What the HTTP handlers work with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from servicebot.channels.wechat.webhook import WeChatWebhook
from servicebot.handover.attend import Attendant
from servicebot.ports.audit_trail import AuditTrail
from servicebot.ports.clock import Clock
from servicebot.ports.lure_reader import LureReader
from servicebot.ports.outbox import Outbox
from servicebot.ports.send_quota import SendQuota
from servicebot.ports.tickets import Tickets
from servicebot.ports.timeline import Timeline
from servicebot.screening.allow_list import AllowList
from servicebot.settings import Settings
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.accept import Door
from servicebot.turns.bell import Bell
from servicebot.turns.throttle import Throttle
from servicebot.web.bank_sign_in import BankSignIn
from servicebot.web.chat_ticket import ChatTickets
from servicebot.web.desk_board import DeskBoard
from servicebot.web.desk_looks import DeskLooks
from servicebot.web.desk_session import DeskSessions
from servicebot.web.sign_in import SignIn
from servicebot.web.studio_services import StudioServices


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """One for the whole process, built by app.py.

    Attributes:
        door: Where messages go in.
        timeline: What was said.
        outbox: Answers that a webhook may take along.
        quota: How often a messenger may still be sent to.
        tickets: The queue.
        bell: Wakes waiting handlers.
        clock: The time.
        metrics: The counters.
        settings: As loaded.
        chat_tickets: Signs the chat page's conversations.
        desk_sessions: Who is signed in at the desk.
        desk_board: What all desks show.
        desk_sign_in: The door of the desk.
        desk_looks: Writes down who looked at what.
        audit: The audit trail.
        oidc: Signing in with the bank's account, where it is set up.
        wechat: The WeChat webhook, where the channel is on.
        attendant: Takes customers back from agents who sign out.
        allow_list: Pages that may be linked to, numbers and hosts that may be named.
        lures: Reads what agents write.
        throttle: How often somebody may do something.
        studio: Where content is written; None in a process that has none.
        waits_for: What keeps the process from its work, in words; nothing where it is ready.
    """

    door: Door
    timeline: Timeline
    outbox: Outbox
    quota: SendQuota
    tickets: Tickets
    bell: Bell
    clock: Clock
    metrics: Metrics
    settings: Settings
    chat_tickets: ChatTickets
    desk_sessions: DeskSessions
    desk_board: DeskBoard
    desk_sign_in: SignIn
    desk_looks: DeskLooks
    audit: AuditTrail
    oidc: BankSignIn | None
    wechat: WeChatWebhook | None
    attendant: Attendant
    allow_list: AllowList
    lures: LureReader
    throttle: Throttle
    waits_for: Callable[[], Awaitable[tuple[str, ...]]]
    studio: StudioServices | None


SERVICES: Final = web.AppKey("services", Services)
