"""Pushes to a platform that counts, over HTTP."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from tests.channels.wechat.platform_server import CUSTOMER, SETTINGS, Platform
from tests.contracts.settable_clock import SettableClock
from tests.sealing import SEAL
from wechatpy import WeChatClient

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.in_sqlite.send_quota import SqliteSendQuota
from servicebot.adapters.system_clock import SystemClock
from servicebot.channels.wechat.api import WeChatApi
from servicebot.channels.wechat.sender import WeChatSender
from servicebot.channels.wechat.token import AccessTokens
from servicebot.domain.errors import RejectedError, UnavailableError
from servicebot.domain.messages import Author, OutboundMessage
from servicebot.ports.outbox import Delivery
from servicebot.ports.send_quota import Allowance

DEADLINE_S = 0.5


@dataclass
class Account:
    """One account: the platform, our sender and our ledger."""

    url: str
    clock: SettableClock
    platform: Platform
    quota: SqliteSendQuota
    sender: WeChatSender

    async def customer_writes(self, message: str = "m1") -> None:
        self.platform.customer_wrote()
        allowance = Allowance(
            channel="wechat",
            recipient=CUSTOMER,
            kind="message",
            opened_by=message,
            sends=5,
            until=self.clock.now() + timedelta(hours=48),
        )
        await self.quota.opened(allowance)

    async def left(self) -> int:
        return await self.quota.left("wechat", CUSTOMER)


@pytest.fixture
async def account(tmp_path: Path) -> AsyncIterator[Account]:
    clock = SettableClock()
    platform = Platform(clock)
    database = open_sqlite_ledger(tmp_path / "quota.db", SystemClock(), SEAL).database
    quota = SqliteSendQuota(database, clock)
    async with TestServer(platform.app()) as server, aiohttp.ClientSession() as session:
        url = str(server.make_url("")).rstrip("/")
        api = WeChatApi(session, url, deadline_s=DEADLINE_S)
        sender = WeChatSender(api, AccessTokens(api, SETTINGS, InProcessShared(clock)), quota)
        yield Account(url=url, clock=clock, platform=platform, quota=quota, sender=sender)
    database.close()


def delivery(text: str = "你好", *, name: str = "greeting", number: int = 1) -> Delivery:
    return Delivery(
        id=number,
        token=1,
        conversation_id=f"wechat:{CUSTOMER}",
        channel="wechat",
        recipient=CUSTOMER,
        reply_to="m1",
        reply_to_rank=0,
        message=OutboundMessage(name=name, author=Author.BOT, text=text),
        tries=0,
    )


async def test_a_push_arrives_as_it_was_written(account: Account) -> None:
    await account.customer_writes()
    await account.sender.send(delivery('还款 2031.40 元 🙂 "引号"'))
    body = {"touser": CUSTOMER, "msgtype": "text", "text": {"content": '还款 2031.40 元 🙂 "引号"'}}
    assert account.platform.sent == [body]
    assert "还款" in account.platform.bodies[0].decode()
    assert await account.left() == 4


async def test_our_body_is_the_one_wechatpy_sends(account: Account) -> None:
    await account.customer_writes()
    await account.sender.send(delivery("余额 1.00 元"))
    account.platform._valid["T"] = 10.0**9

    def send_by_wechatpy() -> None:
        client = WeChatClient(SETTINGS.appid, SETTINGS.secret, access_token="T")
        client.API_BASE_URL = f"{account.url}/cgi-bin/"
        client.message.send_text(CUSTOMER, "余额 1.00 元")
        client._http.close()

    await asyncio.to_thread(send_by_wechatpy)
    ours, theirs = account.platform.bodies
    assert json.loads(ours) == json.loads(theirs)


async def test_the_last_send_is_kept_for_the_hand_over(account: Account) -> None:
    await account.customer_writes()
    for number in range(4):
        await account.sender.send(delivery(number=number))
    with pytest.raises(RejectedError):
        await account.sender.send(delivery(number=5))
    await account.sender.send(delivery("转人工", name="handover_customer_asked", number=6))
    with pytest.raises(RejectedError):
        await account.sender.send(delivery(name="handover_customer_asked", number=7))
    assert len(account.platform.sent) == 5
    assert len(account.platform.bodies) == 5  # the platform never had to refuse one


async def test_nothing_is_sent_after_the_window(account: Account) -> None:
    await account.customer_writes()
    account.clock.advance(48 * 3600 + 1)
    with pytest.raises(RejectedError):
        await account.sender.send(delivery())
    assert account.platform.bodies == []


@pytest.mark.parametrize("code", [40003, 43004, 45015, 45047, 48002, 99999])
async def test_a_refusal_is_for_ever(account: Account, code: int) -> None:
    await account.customer_writes()
    account.platform.codes = [code]
    with pytest.raises(RejectedError, match=str(code)):
        await account.sender.send(delivery())
    assert await account.left() == (4 if code == 45047 else 5)


@pytest.mark.parametrize(("code", "wait_s"), [(-1, 2), (45011, 10), (50002, 60), (45009, 300)])
async def test_a_busy_platform_is_tried_later(account: Account, code: int, wait_s: float) -> None:
    await account.customer_writes()
    account.platform.codes = [code]
    with pytest.raises(UnavailableError) as caught:
        await account.sender.send(delivery())
    assert caught.value.retry_after_s == wait_s
    assert await account.left() == 5
    await account.sender.send(delivery())
    assert len(account.platform.sent) == 1


async def test_a_stale_token_is_renewed_once_and_the_message_sent_once(account: Account) -> None:
    await account.customer_writes()
    await account.sender.send(delivery(number=1))
    account.platform.revoke_tokens()
    await account.sender.send(delivery(number=2))
    assert len(account.platform.sent) == 2
    assert len(account.platform.bodies) == 3
    assert await account.left() == 3


async def test_a_token_refused_twice_is_not_asked_for_without_end(account: Account) -> None:
    await account.customer_writes()
    account.platform.codes = [40001] * 9
    with pytest.raises(UnavailableError):
        await account.sender.send(delivery())
    assert len(account.platform.bodies) == 2
    assert await account.left() == 5


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b'{"errcode": "x"}', b"[" * 70_000])
async def test_an_answer_that_is_none_is_tried_later(account: Account, raw: bytes) -> None:
    await account.customer_writes()
    account.platform.raw = raw
    with pytest.raises(UnavailableError):
        await account.sender.send(delivery())
    assert await account.left() == 4  # nobody knows whether it was sent


async def test_a_platform_that_hangs_is_left_in_time(account: Account) -> None:
    await account.customer_writes()
    await account.sender.send(delivery(number=1))
    account.platform.hang = True
    with pytest.raises(UnavailableError):
        async with asyncio.timeout(2 * DEADLINE_S):
            await account.sender.send(delivery(number=2))


async def test_a_long_text_is_sent_in_parts_and_no_part_twice(account: Account) -> None:
    await account.customer_writes()
    text = "\n".join("字" * 300 for _ in range(4))
    account.platform.codes = [0, -1]
    long = delivery(text)
    with pytest.raises(UnavailableError):
        await account.sender.send(long)
    await account.sender.send(long)
    contents = [body["text"]["content"] for body in account.platform.sent]
    assert "\n".join(contents) == text
    assert len(contents) == 2


async def test_neither_the_customer_nor_a_secret_is_in_the_logs_or_errors(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await account.customer_writes()
    account.platform.codes = [45015]
    with pytest.raises(RejectedError) as refused:
        await account.sender.send(delivery("秘密"))
    record = next(one for one in caplog.records if one.message == "wechat_refused")
    assert record.__dict__["rid"] == "64a774ce-020c072d-6c8"
    assert record.__dict__["errcode"] == 45015
    ours = [one for one in caplog.records if one.name.startswith("servicebot")]
    for word in (CUSTOMER, "秘密", SETTINGS.secret, "TOKEN-"):
        assert not any(word in str(one.__dict__) for one in ours)
        assert word not in str(refused.value)
