"""Pushes: the customer-service interface, within what the platform allows."""

import logging
from collections.abc import Mapping
from typing import Final

from servicebot.channels.wechat.api import Reply, WeChatApi
from servicebot.channels.wechat.render import render, split
from servicebot.channels.wechat.token import AccessTokens
from servicebot.domain.errors import NoSendsLeftError, RejectedError, UnavailableError
from servicebot.domain.messages import Author, OutboundMessage
from servicebot.ports.outbox import Delivery
from servicebot.ports.send_quota import SendQuota

_STALE_TOKEN: Final = frozenset({40001, 40014, 42001})
_OUT_OF_COUNT: Final = 45047
_LATER_S: Final[Mapping[int, float]] = {
    -1: 2.0,  # busy
    40001: 60.0,  # the token is refused even though it is new
    40014: 60.0,
    42001: 60.0,
    40164: 60.0,  # our address is not on the account's list
    45009: 300.0,  # the day's calls are used up
    45011: 10.0,  # too fast
    50002: 60.0,  # limited for now
}
_logger = logging.getLogger(__name__)


class WeChatSender:
    """Sends committed messages to customers of one account."""

    def __init__(self, api: WeChatApi, tokens: AccessTokens, quota: SendQuota) -> None:
        self._api = api
        self._tokens = tokens
        self._quota = quota
        self._sent_parts: dict[int, int] = {}

    async def send(self, delivery: Delivery) -> None:
        """Sends one message, in parts where it is long; parts that were sent are not sent again.

        Raises:
            UnavailableError: Later.
            NoSendsLeftError: Never: no sends are left.
            RejectedError: Never: the platform does not reach the customer.
        """
        parts = split(render(delivery.message))
        try:
            for number in range(self._sent_parts.get(delivery.id, 0), len(parts)):
                await self._send_part(delivery, parts[number])
                self._sent_parts[delivery.id] = number + 1
        except RejectedError:
            self._sent_parts.pop(delivery.id, None)
            raise
        self._sent_parts.pop(delivery.id, None)

    async def _send_part(self, delivery: Delivery, text: str) -> None:
        channel, customer = delivery.channel, delivery.recipient
        token = await self._tokens.token()
        taken = await self._quota.take(channel, customer, reserve=_reserve(delivery.message))
        if taken is None:
            raise NoSendsLeftError("No sends are left until the customer writes again.")
        reply = await self._post(customer, text, token)
        if reply.code == 0:
            return
        if reply.code != _OUT_OF_COUNT:
            await self._quota.give_back(channel, customer, taken)
        raise _error(reply)

    async def _post(self, customer: str, text: str, token: str) -> Reply:
        body = {"touser": customer, "msgtype": "text", "text": {"content": text}}
        path = "/cgi-bin/message/custom/send"
        reply = await self._api.post(path, body, token=token)
        if reply.code in _STALE_TOKEN:
            reply = await self._api.post(path, body, token=await self._tokens.after(token))
        return reply


def _reserve(message: OutboundMessage) -> int:
    """The last send is kept for telling the customer that a person comes, and for that person."""
    handed_over = message.name.startswith("handover_") or message.author is Author.AGENT
    return 0 if handed_over else 1


def _error(reply: Reply) -> RejectedError | UnavailableError:
    # The platform's own words may name the customer; the code and its request id are enough.
    _logger.warning("wechat_refused", extra={"errcode": reply.code, "rid": reply.rid})
    if reply.code in _LATER_S:
        return UnavailableError(f"WeChat: {reply.code}", retry_after_s=_LATER_S[reply.code])
    if reply.code == _OUT_OF_COUNT:
        return NoSendsLeftError(f"WeChat: {reply.code}")
    return RejectedError(f"WeChat: {reply.code}")
