"""Access tokens from a platform over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from tests.channels.wechat.platform_server import SETTINGS, Platform
from tests.contracts.settable_clock import SettableClock

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.channels.wechat.api import WeChatApi
from servicebot.channels.wechat.token import AccessTokens
from servicebot.domain.errors import UnavailableError
from servicebot.settings import WeChat


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def platform(clock: SettableClock) -> Platform:
    return Platform(clock)


@pytest.fixture
async def api(platform: Platform) -> AsyncIterator[WeChatApi]:
    async with TestServer(platform.app()) as server, aiohttp.ClientSession() as session:
        yield WeChatApi(session, str(server.make_url("")).rstrip("/"))


@pytest.fixture
def tokens(api: WeChatApi, clock: SettableClock) -> AccessTokens:
    return AccessTokens(api, SETTINGS, InProcessShared(clock))


async def test_a_hundred_callers_fetch_one_token(tokens: AccessTokens, platform: Platform) -> None:
    got = await asyncio.gather(*(tokens.token() for _ in range(100)))
    assert len(set(got)) == 1
    assert platform.tokens_given == 1


async def test_a_token_is_kept_until_five_minutes_before_its_end(
    tokens: AccessTokens, platform: Platform, clock: SettableClock
) -> None:
    first = await tokens.token()
    clock.advance(7200 - 301)
    assert await tokens.token() == first
    assert platform.tokens_given == 1
    clock.advance(2)
    assert await tokens.token() != first
    assert platform.tokens_given == 2


async def test_a_dead_token_is_replaced_by_force_where_the_platform_gives_the_same_again(
    tokens: AccessTokens, platform: Platform
) -> None:
    first = await tokens.token()
    platform.revoke_tokens()
    got = await asyncio.gather(*(tokens.after(first) for _ in range(10)))
    assert set(got) != {first}
    assert len(set(got)) == 1
    assert platform.forced == 1


@pytest.mark.parametrize("change", [{"secret": "wrong"}, {"appid": "wrong"}])
async def test_wrong_secrets_are_tried_again_only_after_a_while(
    api: WeChatApi, clock: SettableClock, change: dict[str, str]
) -> None:
    settings: WeChat = replace(SETTINGS, **change)
    with pytest.raises(UnavailableError) as caught:
        await AccessTokens(api, settings, InProcessShared(clock)).token()
    assert caught.value.retry_after_s == 60
    assert "wrong" not in str(caught.value)


async def test_a_platform_that_is_not_there_is_unavailable(clock: SettableClock) -> None:
    async with aiohttp.ClientSession() as session:
        tokens = AccessTokens(
            WeChatApi(session, "http://127.0.0.1:9"), SETTINGS, InProcessShared(clock)
        )
        with pytest.raises(UnavailableError):
            await tokens.token()
