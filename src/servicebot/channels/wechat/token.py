"""The access token: one per process, fetched by one caller while the others wait."""

import asyncio
import logging
from typing import Final

from servicebot.channels.wechat.api import WeChatApi
from servicebot.domain.errors import UnavailableError
from servicebot.ports.clock import Clock
from servicebot.settings import WeChat

_EARLY_S: Final = 300.0  # the platform gives out the next one five minutes before the end
_SHORTEST_S: Final = 1.0
_FAULT_WAIT_S: Final = 60.0  # appid, secret or address refused: a person must change something
_logger = logging.getLogger(__name__)


class AccessTokens:
    """Keeps the token of one account.

    `stable_token` gives every process the same token and does not end the one in use.
    """

    def __init__(self, api: WeChatApi, settings: WeChat, clock: Clock) -> None:
        self._api = api
        self._settings = settings
        self._clock = clock
        self._fetching = asyncio.Lock()
        self._token = ""
        self._until_s = 0.0

    async def token(self) -> str:
        """The present token.

        Raises:
            UnavailableError: The platform gives none now.
        """
        async with self._fetching:
            if not self._token or self._clock.monotonic_s() >= self._until_s:
                await self._fetch(force=False)
            return self._token

    async def after(self, refused: str) -> str:
        """A token in place of one that the platform refused.

        Raises:
            UnavailableError: The platform gives none now.
        """
        async with self._fetching:
            if self._token == refused:
                await self._fetch(force=False)
            if self._token == refused:
                await self._fetch(force=True)
            return self._token

    async def _fetch(self, *, force: bool) -> None:
        body = {
            "grant_type": "client_credential",
            "appid": self._settings.appid,
            "secret": self._settings.secret,
            "force_refresh": force,
        }
        reply = await self._api.post("/cgi-bin/stable_token", body)
        token, lasts_s = reply.fields.get("access_token"), reply.fields.get("expires_in")
        if reply.code or not isinstance(token, str) or not isinstance(lasts_s, int):
            _logger.error("wechat_no_token", extra={"errcode": reply.code, "rid": reply.rid})
            wait_s = _FAULT_WAIT_S if reply.code > 0 else None
            raise UnavailableError(f"WeChat gives no token: {reply.code}", retry_after_s=wait_s)
        self._token = token
        self._until_s = self._clock.monotonic_s() + max(lasts_s - _EARLY_S, _SHORTEST_S)
