"""`POST /webhooks/bank`: the bank says that a link was used or a step-up was decided."""

import hashlib
import hmac
import re
from typing import Final

from aiohttp import web

from servicebot.domain.errors import MailboxFullError, RejectedError, SignatureError
from servicebot.domain.messages import BankEvent, InboundMessage
from servicebot.ports.mailbox import Accepted
from servicebot.web.read_form import read_text
from servicebot.web.request_forms import BankNotice
from servicebot.web.services import SERVICES, Services

WINDOW_S: Final = 300
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


async def post_bank_event(request: web.Request) -> web.Response:
    """Verifies over the raw bytes and puts the news into the conversation's mailbox."""
    services = request.app[SERVICES]
    raw = await request.read()
    _verify(services, request, raw)
    told = read_text(raw, BankNotice)
    message = InboundMessage(
        channel=told.channel,
        message_id=f"bank/{told.event_id}",
        conversation_id=told.conversation,
        sender=told.channel_user,
        received_at=services.clock.now(),
        content=BankEvent(news=told.event, reference_id=told.reference_id),
    )
    if await services.timeline.conversation(message.conversation_id) is None:
        raise RejectedError("There is no such conversation.")
    if await services.door.accept(message) is Accepted.FULL:
        raise MailboxFullError("The conversation is busy. Try again.", retry_after_s=2.0)
    return web.Response(status=204)


def _verify(services: Services, request: web.Request, raw: bytes) -> None:
    secret = services.settings.bank.callback_secret.encode()
    timestamp = request.headers.get("X-Bank-Timestamp", "")
    shown = request.headers.get("X-Bank-Signature", "")
    now = services.clock.now().timestamp()
    is_time = _TIMESTAMP.fullmatch(timestamp) is not None
    if not secret or not is_time or abs(now - int(timestamp)) > WINDOW_S:
        raise SignatureError("The time stamp is missing or too far away.")
    signed = hmac.new(secret, b"v0:" + timestamp.encode() + b":" + raw, hashlib.sha256)
    if not hmac.compare_digest(
        f"v0={signed.hexdigest()}".encode(), shown.encode(errors="surrogateescape")
    ):
        raise SignatureError("The signature does not fit the body.")
