"""Builds WeChat's sender from the settings."""

import aiohttp

from servicebot.channels.wechat.api import WeChatApi
from servicebot.channels.wechat.sender import WeChatSender
from servicebot.channels.wechat.token import AccessTokens
from servicebot.ports.send_quota import SendQuota
from servicebot.ports.shared import Shared
from servicebot.settings import Settings


def build_sender(
    settings: Settings, session: aiohttp.ClientSession, quota: SendQuota, shared: Shared
) -> WeChatSender | None:
    """The sender, or None where the channel is off."""
    if settings.wechat is None:
        return None
    api = WeChatApi(session, settings.wechat.api_url)
    return WeChatSender(api, AccessTokens(api, settings.wechat, shared), quota)
