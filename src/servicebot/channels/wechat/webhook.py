"""The webhook: verify, decrypt, put through the door, and answer in the response if it is quick."""

import asyncio
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from servicebot.channels.wechat.crypto import Seal, refused
from servicebot.channels.wechat.inbound import CHANNEL, Inbound, read_inbound
from servicebot.channels.wechat.render import fitting, merge, render
from servicebot.channels.wechat.tries import Tries, Try
from servicebot.channels.wechat.xml import read_xml, write_xml
from servicebot.domain.errors import MailboxFullError, ServicebotError
from servicebot.domain.messages import InboundMessage
from servicebot.ports.clock import Clock
from servicebot.ports.mailbox import Accepted
from servicebot.ports.outbox import Delivery, Outbox
from servicebot.ports.send_quota import SendQuota
from servicebot.ports.shared import Shared
from servicebot.settings import WeChat
from servicebot.turns.accept import Door, answer_bell
from servicebot.turns.bell import Bell
from servicebot.turns.work import OUTBOX

HOLD_S: Final = 4.5  # the platform cuts the line after 5 s
LEASE_S: Final = 10.0
WINDOW_S: Final = 300
SUCCESS: Final = "success"
_POLL_S: Final = 0.5
_ECHO: Final = re.compile(r"[A-Za-z0-9_\-+/=.]{1,256}")
_SECONDS: Final = re.compile("[0-9]{1,12}")
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The response to a push; tell the webhook whether it could be written.

    Attributes:
        body: The whole body: encrypted XML, or `success`.
        text: The words inside; empty where nothing is said.
        deliveries: The committed messages they were made from.
        attempt: Which of the platform's tries is answered; None for events.
    """

    body: str = SUCCESS
    text: str = ""
    deliveries: tuple[Delivery, ...] = ()
    attempt: Try | None = None


class WeChatWebhook:
    """Answers the platform's requests for one account."""

    def __init__(  # noqa: PLR0913  what a webhook stands between, and its patience
        self,
        settings: WeChat,
        *,
        door: Door,
        outbox: Outbox,
        quota: SendQuota,
        bell: Bell,
        shared: Shared,
        clock: Clock,
        hold_s: float = HOLD_S,
    ) -> None:
        self._account = settings.account
        self._seal = Seal(settings.token, settings.aes_key, settings.appid)
        self._door = door
        self._outbox = outbox
        self._quota = quota
        self._bell = bell
        self._clock = clock
        self._hold_s = hold_s
        self._tries = Tries(shared, clock)

    def check_url(self, query: Mapping[str, str]) -> str:
        """The console's check of the address: what to answer as bare text.

        Raises:
            SignatureError: The request is not the platform's, or stale.
        """
        timestamp, nonce = self._fresh(query)
        self._seal.check(query.get("signature", ""), timestamp, nonce)
        echo = query.get("echostr", "")
        if not _ECHO.fullmatch(echo):
            raise refused()
        return echo

    async def push(self, query: Mapping[str, str], raw: bytes) -> Answer:
        """Takes one push and waits a little for its answer.

        Returns:
            The response. Once it is written call `written`, else `not_written`.

        Raises:
            SignatureError: Not the platform's, for another account, in plain mode, or stale.
            RejectedError: Not the XML it should be.
            UnavailableError: It could not be stored; the platform sends it again.
        """
        deadline_s = self._clock.monotonic_s() + self._hold_s
        inbound = self._open(query, raw)
        if inbound.allowance is not None:
            await self._quota.opened(inbound.allowance)
        if inbound.message is None:
            return Answer()
        attempt = await self._tries.enter(inbound.message.message_id)
        if await self._door.accept(inbound.message) is Accepted.FULL:
            raise MailboxFullError("Too many messages wait.", retry_after_s=2.0)
        before = await self._tries.said_before(attempt)
        if before is not None:
            return Answer(body=self._reply(query, inbound, before), text=before, attempt=attempt)
        waiting = await self._wait(inbound.message, attempt, deadline_s)
        return await self._say(query, inbound, attempt, waiting)

    async def written(self, answer: Answer) -> None:
        """The response is out: nothing of it is sent again."""
        if answer.attempt is not None and answer.text:
            await self._tries.said(answer.attempt, answer.text)
        try:
            await asyncio.gather(*(self._outbox.delivered(one) for one in answer.deliveries))
        except ServicebotError:
            _logger.exception("passive_reply_not_marked")  # the lease ends and it is pushed again

    async def not_written(self, answer: Answer) -> None:
        """The response could not be written: its words are pushed instead."""
        await self._give_back(answer.deliveries)

    def _fresh(self, query: Mapping[str, str]) -> tuple[str, str]:
        timestamp = query.get("timestamp", "")
        if not _SECONDS.fullmatch(timestamp):
            raise refused()
        if abs(self._clock.now().timestamp() - int(timestamp)) > WINDOW_S:
            raise refused()
        return timestamp, query.get("nonce", "")

    def _open(self, query: Mapping[str, str], raw: bytes) -> Inbound:
        # In safe mode only msg_signature covers the body; `signature` would pass with any body.
        timestamp, nonce = self._fresh(query)
        encrypted = read_xml(raw).get("Encrypt", "")
        self._seal.check(query.get("msg_signature", ""), timestamp, nonce, encrypted)
        fields = read_xml(self._seal.open(encrypted))
        inbound = read_inbound(fields, self._clock.now())
        if self._account and inbound.account != self._account:
            raise refused()
        return inbound

    async def _wait(
        self, message: InboundMessage, attempt: Try, deadline_s: float
    ) -> tuple[Delivery, ...]:
        with self._bell.listen(answer_bell(CHANNEL, attempt.message_id)) as ring:
            while await self._tries.is_newest(attempt):
                taken = await self._outbox.take_replies(message, LEASE_S)
                if taken is not None:
                    return taken
                left_s = deadline_s - self._clock.monotonic_s()
                if left_s <= 0:
                    break
                await ring.wait(min(left_s, _POLL_S))
        return ()

    async def _say(
        self,
        query: Mapping[str, str],
        inbound: Inbound,
        attempt: Try,
        waiting: tuple[Delivery, ...],
    ) -> Answer:
        texts = [render(delivery.message) for delivery in waiting]
        count = fitting(texts)
        await self._give_back(waiting[count:])
        if not count:
            return Answer(attempt=attempt)
        text = merge(texts[:count])
        body = self._reply(query, inbound, text)
        return Answer(body=body, text=text, deliveries=waiting[:count], attempt=attempt)

    async def _give_back(self, deliveries: tuple[Delivery, ...]) -> None:
        if deliveries:
            await self._outbox.give_back_replies(deliveries)
            self._bell.ring(OUTBOX)

    def _reply(self, query: Mapping[str, str], inbound: Inbound, text: str) -> str:
        seconds = int(self._clock.now().timestamp())
        plain = write_xml(
            {
                "ToUserName": inbound.customer,
                "FromUserName": inbound.account,
                "CreateTime": seconds,
                "MsgType": "text",
                "Content": text,
            }
        )
        encrypted, nonce = self._seal.close(plain.encode()), query.get("nonce", "")
        return write_xml(
            {
                "Encrypt": encrypted,
                "MsgSignature": self._seal.signature(str(seconds), nonce, encrypted),
                "TimeStamp": seconds,
                "Nonce": nonce,
            }
        )
