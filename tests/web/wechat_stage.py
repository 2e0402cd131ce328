"""A whole bot whose customer writes through WeChat, with the platform beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import aiohttp
from aiohttp.test_utils import TestServer
from tests.channels.wechat.platform_server import (
    CUSTOMER,
    SETTINGS,
    Platform,
    sealed,
    shown,
    text_push,
)
from tests.web.desk_stage import add_people

from servicebot.adapters.system_clock import SystemClock
from servicebot.app.stage import LiveStage, open_stage
from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander

CLOCK: Final = SystemClock()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeChatStage:
    """The bot and the platform."""

    stage: LiveStage
    platform: Platform

    async def writes(self, text: str) -> str | None:
        """The customer writes; returns what the platform's response says."""
        self.platform.customer_wrote(CUSTOMER)
        query, body = sealed(text_push(text), CLOCK)
        url = f"{self.stage.url}/webhooks/wechat"
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, params=query, data=body) as response,
        ):
            assert response.status == 200, await response.text()
            return shown(await response.text(), query["nonce"])


@asynccontextmanager
async def wechat_stage(
    settings: Settings, content: Content, understander: Understander, folder: Path
) -> AsyncIterator[WeChatStage]:
    """Opens it, with people at the desk."""
    platform = Platform(CLOCK)
    async with TestServer(platform.app()) as api:
        wechat = replace(SETTINGS, api_url=str(api.make_url("")).rstrip("/"))
        with_wechat = replace(settings, wechat=wechat)
        async with open_stage(with_wechat, content, understander, folder) as opened:
            await add_people(opened)
            yield WeChatStage(stage=opened, platform=platform)
