"""The access token: shared by all processes, fetched by one caller while the others wait."""

import asyncio
import logging
from typing import Final

from servicebot.channels.wechat.api import WeChatApi
from servicebot.domain.errors import UnavailableError
from servicebot.ports.shared import Shared
from servicebot.settings import WeChat

_EARLY_S: Final = 300.0  # the platform gives out the next one five minutes before the end
_SHORTEST_S: Final = 1.0
_FAULT_WAIT_S: Final = 60.0  # appid, secret or address refused: a person must change something
_logger = logging.getLogger(__name__)


class AccessTokens:
    """Keeps the token of one account.

    `stable_token` gives every process the same token and does not end the one in use.
    """

    def __init__(self, api: WeChatApi, settings: WeChat, shared: Shared) -> None:
        self._api = api
        self._settings = settings
        self._shared = shared
        self._place = f"wechat/token/{settings.appid}"
        self._fetching = asyncio.Lock()

    async def token(self) -> str:
        """The present token.

        Raises:
            UnavailableError: The platform gives none now.
        """
        async with self._fetching:
            return await self._kept() or await self._fetch(force=False)

    async def after(self, refused: str) -> str:
        """A token in place of one that the platform refused.

        Raises:
            UnavailableError: The platform gives none now.
        """
        async with self._fetching:
            token = await self._kept()
            if token in {"", refused}:
                token = await self._fetch(force=False)
            if token == refused:
                token = await self._fetch(force=True)
            return token

    async def _kept(self) -> str:
        kept = await self._shared.get(self._place)
        return kept.decode() if kept is not None else ""

    async def _fetch(self, *, force: bool) -> str:
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
        await self._shared.put(self._place, token.encode(), max(lasts_s - _EARLY_S, _SHORTEST_S))
        return token
