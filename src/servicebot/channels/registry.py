"""Every messenger by name: one line here, one folder beside it, one section of the settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import aiohttp

from servicebot.channels.wechat.build_sender import build_sender
from servicebot.channels.wechat.inbound import CHANNEL as WECHAT
from servicebot.channels.wechat.webhook import WeChatWebhook
from servicebot.ports.channel import PushChannel
from servicebot.ports.clock import Clock
from servicebot.ports.outbox import Outbox
from servicebot.ports.send_quota import SendQuota
from servicebot.ports.shared import Shared
from servicebot.settings import Settings
from servicebot.turns.accept import Door
from servicebot.turns.bell import Bell


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """How a messenger is sent to.

    Attributes:
        hold: How long committed replies wait before they are pushed, so that the response to the
            platform's own request can take them; None where they are pushed at once.
        push: Builds its sender, or None where its section of the settings is not set.
    """

    hold: timedelta | None
    push: Callable[[Settings, aiohttp.ClientSession, SendQuota, Shared], PushChannel | None]


CHANNELS: Final[Mapping[str, Channel]] = {
    WECHAT: Channel(hold=timedelta(seconds=4.6), push=build_sender),
}

PUSH_HOLDS: Final[Mapping[str, timedelta | None]] = {
    name: channel.hold for name, channel in CHANNELS.items()
}


def build_push_channels(
    settings: Settings, session: aiohttp.ClientSession, quota: SendQuota, shared: Shared
) -> Mapping[str, PushChannel]:
    """The senders of all messengers that are on."""
    built = {
        name: channel.push(settings, session, quota, shared) for name, channel in CHANNELS.items()
    }
    return {name: push for name, push in built.items() if push is not None}


def build_wechat(  # noqa: PLR0913  what the webhook works with
    settings: Settings,
    *,
    door: Door,
    outbox: Outbox,
    quota: SendQuota,
    bell: Bell,
    shared: Shared,
    clock: Clock,
) -> WeChatWebhook | None:
    """WeChat's webhook, or None where the channel is off."""
    if settings.wechat is None:
        return None
    return WeChatWebhook(
        settings.wechat,
        door=door,
        outbox=outbox,
        quota=quota,
        bell=bell,
        shared=shared,
        clock=clock,
    )
