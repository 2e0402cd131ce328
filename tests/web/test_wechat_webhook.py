"""The WeChat webhook over real HTTP, real stores, real workers and senders.

wechatpy plays the platform; only what a turn says is the test's own.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.channels.wechat.platform_server import (
    SETTINGS,
    Platform,
    push_with_retries,
    sealed,
    shown,
    signature,
    text_push,
)
from tests.contracts.examples import result

from servicebot.adapters.in_sqlite.ledger import SqliteLedger
from servicebot.adapters.local_models.local_lure_reader import LocalLureReader
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.loops import running
from servicebot.app.stores import Stores, open_stores
from servicebot.app.vitals import Vitals
from servicebot.channels.registry import build_push_channels, build_wechat
from servicebot.channels.wechat.webhook import HOLD_S, WeChatWebhook
from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import InboundMessage, Text
from servicebot.handover.attend import Attendant
from servicebot.ports.mailbox import TurnResult
from servicebot.screening.allow_list import AllowList
from servicebot.settings import Settings, load_settings
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.accept import Door
from servicebot.turns.bell import Bell
from servicebot.turns.deliver import Senders
from servicebot.turns.edition import Edition, Editions
from servicebot.turns.give_up import Apologist
from servicebot.turns.throttle import Throttle
from servicebot.turns.work import Workers
from servicebot.web.chat_ticket import ChatTickets
from servicebot.web.desk_board import DeskBoard
from servicebot.web.desk_looks import DeskLooks
from servicebot.web.desk_session import DeskSessions
from servicebot.web.routes import build_app
from servicebot.web.services import Services
from servicebot.web.sign_in import SignIn

pytestmark = pytest.mark.asyncio(loop_scope="module")

SHORT_S: Final = 0.3
CLOCK: Final = SystemClock()


@dataclass
class Talk:
    """Turns that say what the test wants, when it wants."""

    says: tuple[str, ...] = ("您好",)
    hold_s: float = HOLD_S
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    heard: list[str] = field(default_factory=list)

    async def run(
        self,
        message: InboundMessage,
        state: Conversation | None,
        now: datetime,  # noqa: ARG002  the port's
    ) -> TurnResult:
        assert isinstance(message.content, Text)
        self.heard.append(message.content.text)
        await self.gate.wait()
        push_at = max(CLOCK.now(), message.received_at + timedelta(seconds=self.hold_s + 0.1))
        return result(message, state, *self.says, push_at=push_at)


@dataclass
class Bot:
    """A running server and the platform beside it."""

    url: str
    session: aiohttp.ClientSession
    platform: Platform
    talk: Talk
    stores: Stores
    webhook: WeChatWebhook

    def hold(self, seconds: float) -> None:
        """How long a response waits for its turn."""
        self.webhook._hold_s = self.talk.hold_s = seconds

    async def waiting(self) -> int:
        """How many messages are still to be pushed."""
        query = "SELECT count(*) FROM outbox WHERE state = 'waiting'"
        return int(
            await cast("SqliteLedger", self.stores.ledger).database.read(
                lambda db: db.execute(query).fetchone()[0]
            )
        )

    async def push(self, query: Mapping[str, str], body: bytes) -> tuple[int, str]:
        async with self.session.post(self.url, params=query, data=body) as got:
            return got.status, await got.text()

    async def pushed_texts(self, count: int) -> list[str]:
        async with asyncio.timeout(3):
            while len(self.platform.sent) < count or await self.waiting():
                await asyncio.sleep(0.02)
        return [body["text"]["content"] for body in self.platform.sent]


@pytest.fixture
def bot(server: Bot) -> Bot:
    """The server with nothing said or sent yet."""
    server.talk.says = ("您好",)
    server.talk.heard.clear()
    server.talk.gate.set()
    server.hold(HOLD_S)
    server.platform.sent.clear()
    server.platform.customer_wrote()
    return server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    async with AsyncExitStack() as stack:
        tmp_path = tmp_path_factory.mktemp("wechat")
        platform, talk = Platform(CLOCK), Talk()
        api = await stack.enter_async_context(TestServer(platform.app()))
        configured = _settings(tmp_path, str(api.make_url("")).rstrip("/"))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        stores = await stack.enter_async_context(open_stores(configured, CLOCK))
        services = await _start(stack, configured, session, stores, talk)
        port = await _serve(stack, services)
        assert services.wechat is not None
        yield Bot(
            url=f"http://127.0.0.1:{port}/webhooks/wechat",
            session=session,
            platform=platform,
            talk=talk,
            stores=stores,
            webhook=services.wechat,
        )


def _settings(folder: Path, api_url: str) -> Settings:
    return load_settings(
        {
            "SERVICEBOT_STORE_DIR": str(folder),
            "SERVICEBOT_WECHAT_TOKEN": SETTINGS.token,
            "SERVICEBOT_WECHAT_AES_KEY": SETTINGS.aes_key,
            "SERVICEBOT_WECHAT_APPID": SETTINGS.appid,
            "SERVICEBOT_WECHAT_SECRET": SETTINGS.secret,
            "SERVICEBOT_WECHAT_ACCOUNT": SETTINGS.account,
            "SERVICEBOT_WECHAT_API_URL": api_url,
        },
        start=folder,
    )


async def _serve(stack: AsyncExitStack, services: Services) -> int:
    """As the program does; aiohttp's own test server cancels handlers, a real one does not."""
    runner = web.AppRunner(build_app(services), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return int(runner.addresses[0][1])


async def _start(
    stack: AsyncExitStack,
    configured: Settings,
    session: aiohttp.ClientSession,
    stores: Stores,
    talk: Talk,
) -> Services:
    bell, metrics = Bell(), Metrics()
    door = Door(stores.ledger.mailbox, bell, metrics)
    workers = Workers(
        mailbox=stores.ledger.mailbox,
        editions=Editions(Edition(version="", turn=talk, apologist=cast("Apologist", talk))),
        bell=bell,
        clock=CLOCK,
        metrics=metrics,
    )
    pushes = build_push_channels(configured, session, stores.ledger.quota, stores.shared)
    await stack.enter_async_context(
        running(Senders(stores.ledger.outbox, pushes, bell, metrics), 2)
    )
    await stack.enter_async_context(running(workers, 4))
    webhook = build_wechat(
        configured,
        door=door,
        outbox=stores.ledger.outbox,
        quota=stores.ledger.quota,
        bell=bell,
        shared=stores.shared,
        clock=CLOCK,
    )
    return Services(
        door=door,
        timeline=stores.ledger.timeline,
        outbox=stores.ledger.outbox,
        quota=stores.ledger.quota,
        tickets=stores.ledger.tickets,
        bell=bell,
        clock=CLOCK,
        metrics=metrics,
        settings=configured,
        chat_tickets=ChatTickets("secret"),
        desk_sessions=DeskSessions({}, stores.shared, CLOCK),
        desk_board=DeskBoard(stores.ledger.tickets, CLOCK),
        desk_sign_in=cast("SignIn", None),
        desk_looks=DeskLooks(stores.audit, CLOCK),
        audit=stores.audit,
        oidc=None,
        attendant=cast("Attendant", None),
        wechat=webhook,
        allow_list=AllowList(),
        lures=LocalLureReader(),
        throttle=Throttle(
            {}, shared=stores.buckets, own=stores.buckets, clock=CLOCK, metrics=metrics
        ),
        waits_for=Vitals().waits_for,
        studio=None,
    )


def url_check(**changes: str) -> dict[str, str]:
    timestamp = str(int(CLOCK.now().timestamp()))
    query = {"timestamp": timestamp, "nonce": "1514711492", "echostr": "4375120948345356249"}
    query["signature"] = signature(SETTINGS.token, timestamp, query["nonce"])
    return {**query, **changes}


async def test_the_console_may_check_the_address(bot: Bot) -> None:
    async with bot.session.get(bot.url, params=url_check()) as got:
        assert got.status == 200
        assert await got.text() == "4375120948345356249"
        assert got.content_type == "text/plain"
        assert got.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": "0" * 40},
        {"signature": "签名🙂"},
        {"signature": ""},
        {"nonce": "é"},
        {"timestamp": "١٢٣"},
        {"timestamp": "1714036504"},
        {"timestamp": ""},
        {"echostr": "<script>alert(1)</script>"},
        {"echostr": ""},
    ],
)
async def test_a_wrong_check_of_the_address_is_refused(bot: Bot, changes: dict[str, str]) -> None:
    async with bot.session.get(bot.url, params=url_check(**changes)) as got:
        assert got.status == 401


async def test_a_quick_turn_is_answered_in_the_response_and_not_pushed(bot: Bot) -> None:
    bot.talk.says = ("您好", "还有什么可以帮您?]]>")
    query, body = sealed(text_push("微粒贷可以提前还款吗"), CLOCK)
    status, answer = await bot.push(query, body)
    assert status == 200
    assert shown(answer, query["nonce"]) == "您好\n\n还有什么可以帮您?]]>"
    assert await bot.pushed_texts(0) == []
    assert bot.talk.heard == ["微粒贷可以提前还款吗"]


async def test_a_slow_turn_is_acknowledged_and_pushed_later(bot: Bot) -> None:
    bot.hold(SHORT_S)
    bot.talk.gate.clear()
    query, body = sealed(text_push("查余额"), CLOCK)
    assert await bot.push(query, body) == (200, "success")
    assert bot.platform.sent == []
    bot.talk.gate.set()
    assert await bot.pushed_texts(1) == ["您好"]


async def test_fifty_copies_at_once_are_one_turn_and_one_reply(bot: Bot) -> None:
    bot.talk.gate.clear()
    query, body = sealed(text_push("查余额"), CLOCK)
    pushes = [asyncio.create_task(bot.push(query, body)) for _ in range(50)]
    await asyncio.sleep(0.2)
    bot.talk.gate.set()
    answers = await asyncio.gather(*pushes)
    replies = [shown(text, query["nonce"]) for _, text in answers if text != "success"]
    pushed = await bot.pushed_texts(0)
    assert [status for status, _ in answers] == [200] * 50
    assert bot.talk.heard == ["查余额"]
    assert [*replies, *pushed] == ["您好"]


async def test_copies_after_the_answer_are_silent(bot: Bot) -> None:
    plain = text_push("查余额")
    query, body = sealed(plain, CLOCK)
    _, first = await bot.push(query, body)
    assert shown(first, query["nonce"]) == "您好"
    for _ in range(3):
        query, body = sealed(plain, CLOCK)
        assert await bot.push(query, body) == (200, "success")
    assert bot.talk.heard == ["查余额"]


async def test_three_tries_of_the_platform_are_one_turn_and_the_reply_arrives_once(
    bot: Bot,
) -> None:
    """The platform is less patient than we are told: it cuts the first two tries."""
    bot.hold(SHORT_S)
    bot.talk.gate.clear()
    asyncio.get_running_loop().call_later(0.5, bot.talk.gate.set)
    seen, tries = await push_with_retries(bot.session, bot.url, text_push("转账"), CLOCK, cut_s=0.2)
    texts = await bot.pushed_texts(0 if seen else 1)
    assert tries == 3
    assert [seen or "", *texts] in (["您好"], ["", "您好"])
    assert bot.talk.heard == ["转账"]


async def test_an_answer_the_platform_did_not_wait_for_is_pushed(bot: Bot) -> None:
    bot.talk.gate.clear()
    query, body = sealed(text_push("查余额"), CLOCK)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await bot.push(query, body)
    bot.talk.gate.set()
    assert await bot.pushed_texts(1) == ["您好"]


async def test_what_does_not_fit_into_the_response_is_pushed_after_it(bot: Bot) -> None:
    bot.talk.says = ("一" * 600, "二" * 600, "三")
    query, body = sealed(text_push("介绍"), CLOCK)
    _, answer = await bot.push(query, body)
    assert shown(answer, query["nonce"]) == "一" * 600
    assert await bot.pushed_texts(2) == ["二" * 600, "三"]


async def test_a_turn_that_says_nothing_is_acknowledged_at_once(bot: Bot) -> None:
    bot.talk.says = ()
    query, body = sealed(text_push("在吗"), CLOCK)
    async with asyncio.timeout(HOLD_S - 1):
        assert await bot.push(query, body) == (200, "success")


async def test_an_event_is_acknowledged_and_starts_no_turn(bot: Bot) -> None:
    plain = text_push("x").replace("<![CDATA[text]]>", "<![CDATA[event]]>")
    query, body = sealed(plain.replace("</xml>", "<Event>VIEW</Event></xml>"), CLOCK)
    assert await bot.push(query, body) == (200, "success")
    assert bot.talk.heard == []


@pytest.mark.parametrize(
    "changes",
    [
        {"msg_signature": "0" * 40},
        {"msg_signature": "签名"},
        {"msg_signature": ""},
        {"nonce": "other"},
        {"timestamp": "1714112445"},
        {"timestamp": "x"},
        {"timestamp": "9" * 30},
    ],
)
async def test_a_push_with_a_wrong_query_is_refused(bot: Bot, changes: dict[str, str]) -> None:
    query, body = sealed(text_push("查余额"), CLOCK)
    status, _ = await bot.push({**query, **changes}, body)
    assert status == 401
    assert bot.talk.heard == []


@pytest.mark.parametrize("age_s", [301, -302])
async def test_a_push_out_of_its_time_is_refused(bot: Bot, age_s: float) -> None:
    status, _ = await bot.push(*sealed(text_push("查余额"), CLOCK, age_s=age_s))
    assert status == 401


async def test_the_plain_signature_does_not_authenticate_a_body(bot: Bot) -> None:
    query, body = sealed(text_push("查余额"), CLOCK)
    query["msg_signature"] = query["signature"]
    assert (await bot.push(query, body))[0] == 401


async def test_a_body_in_plain_mode_is_refused(bot: Bot) -> None:
    query, _ = sealed("x", CLOCK)
    assert (await bot.push(query, text_push("查余额").encode()))[0] == 401


@pytest.mark.parametrize("change", [{"appid": "wxother"}, {"token": "other"}])
async def test_another_account_of_the_platform_is_refused(bot: Bot, change: dict[str, str]) -> None:
    other = replace(SETTINGS, **cast("Any", change))
    assert (await bot.push(*sealed(text_push("x"), CLOCK, settings=other)))[0] == 401


async def test_a_message_to_another_account_is_refused(bot: Bot) -> None:
    plain = text_push("x").replace(SETTINGS.account, "gh_other")
    assert (await bot.push(*sealed(plain, CLOCK)))[0] == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"<xml>", 400),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><xml>&a;</xml>", 400),
        (b"<xml><Encrypt>!!!</Encrypt></xml>", 401),
        (b"<xml><Encrypt/></xml>", 401),
        (b"x" * 70_000, 413),
    ],
)
async def test_garbage_is_refused_without_a_server_error(
    bot: Bot, body: bytes, status: int
) -> None:
    query, _ = sealed("x", CLOCK)
    assert (await bot.push(query, body))[0] == status


async def test_raw_bytes_in_the_query_are_refused_without_a_server_error(bot: Bot) -> None:
    host, port = bot.url.split("/")[2].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /webhooks/wechat?timestamp=%ff%fe&msg_signature=%80&nonce=%e7 HTTP/1.1\r\n"
        b"Host: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\n<xml>"
    )
    line = await reader.readline()
    writer.close()
    await writer.wait_closed()
    assert b" 401 " in line


async def test_fifty_kinds_of_customers_do_not_meet(bot: Bot) -> None:
    async def one(number: int) -> str | None:
        plain = text_push("在吗", message_id=4711, customer=f"oCustomer_{number}")
        query, body = sealed(plain, CLOCK)
        _, answer = await bot.push(query, body)
        return shown(answer, query["nonce"])

    assert await asyncio.gather(*(one(number) for number in range(50))) == ["您好"] * 50
    assert await bot.pushed_texts(0) == []
    assert len(bot.talk.heard) == 50


async def test_a_socket_cut_in_the_answer_loses_nothing(bot: Bot) -> None:
    bot.talk.gate.clear()
    query, body = sealed(text_push("查余额"), CLOCK)
    host, port = bot.url.split("/")[2].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    path = f"/webhooks/wechat?{'&'.join(f'{name}={value}' for name, value in query.items())}"
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    await asyncio.sleep(0.1)
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    writer.transport.abort()
    await asyncio.sleep(0.1)
    bot.talk.gate.set()
    assert await bot.pushed_texts(1) == ["您好"]
    assert reader.at_eof()
