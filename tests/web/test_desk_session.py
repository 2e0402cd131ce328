"""Sessions of the desk: they outlive a restart and end everywhere at once."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from tests.contracts.settable_clock import SettableClock
from tests.servers.redis_server import MISSING, PROGRAM, redis_url
from tests.web.desk_stage import HASHER, PASSWORD, Browser, add_people, browser

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.app.engine import Engine, Role, run_roles
from servicebot.app.stage import LiveStage, open_stage
from servicebot.content.content import Content
from servicebot.desk_settings import parse_people
from servicebot.domain.desk_people import Account
from servicebot.domain.desk_people import Role as DeskRole
from servicebot.domain.errors import RejectedError
from servicebot.settings import RedisStore, Settings, Store
from servicebot.understanding.understand import Understander
from servicebot.web.desk_session import DeskSessions
from servicebot.web.desk_socket import SIGNED_OUT
from servicebot.web.routes import build_app


@pytest.fixture
async def stage(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> AsyncIterator[LiveStage]:
    async with open_stage(settings, content, understander, tmp_path) as opened:
        await add_people(opened)
        yield opened


async def until_closed(socket: aiohttp.ClientWebSocketResponse) -> float:
    """Reads on until the server closes; seconds it took."""
    begun = time.monotonic()
    async with asyncio.timeout(10):
        while not socket.closed:
            await socket.receive()
    return time.monotonic() - begun


async def test_signing_out_closes_the_open_sockets_of_that_session_only(stage: LiveStage) -> None:
    async with (
        browser(stage, "ann") as one,
        browser(stage, "ann") as other,
        one.session.ws_connect("/v1/desk/socket") as here,
        one.session.ws_connect("/v1/desk/socket") as here_too,
        other.session.ws_connect("/v1/desk/socket") as there,
    ):
        for socket in (here, here_too, there):
            assert (await socket.receive_json())["type"] == "queue"
        await one.call("POST", "sign-out")
        assert await until_closed(here) < 1
        assert await until_closed(here_too) < 1
        assert here.close_code == SIGNED_OUT
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.7):
                await there.receive()


async def test_a_session_outlives_a_restart_and_only_hashes_of_its_token_are_stored(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> None:
    async with open_stage(settings, content, understander, tmp_path) as before:
        await add_people(before)
        async with browser(before, "ann") as ann:
            cookies = {one.key: one.value for one in ann.session.cookie_jar}
    async with (
        open_stage(settings, content, understander, tmp_path) as after,
        aiohttp.ClientSession(after.url, cookies=cookies) as session,
    ):
        assert (await Browser(session).call("GET", "queue"))[0] == 200
        await Browser(session).call("POST", "sign-out")
        session.cookie_jar.update_cookies(cookies)
        assert (await Browser(session).call("GET", "queue"))[0] == 401
    stored = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert cookies["servicebot_desk"].encode() not in stored


async def test_an_agent_taken_out_of_the_settings_is_signed_in_no_more() -> None:
    clock = SettableClock()
    shared = InProcessShared(clock)
    now = parse_people("li=$argon2-1")
    token = await DeskSessions(now, shared, clock).begin("li", DeskRole.AGENT)
    assert (await DeskSessions(now, shared, clock).find(token)).agent == "li"
    for later in ("", "li=$argon2-2", "li:editor=$argon2-1"):
        sessions = DeskSessions(parse_people(later), shared, clock)
        assert not await sessions.is_here("li")
        with pytest.raises(RejectedError):
            await sessions.find(token)


async def test_the_socket_is_closed_when_the_shift_ends(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> None:
    short = replace(settings, desk=replace(settings.desk, shift=timedelta(seconds=1.5)))
    async with open_stage(short, content, understander, tmp_path) as stage:
        await add_people(stage)
        async with browser(stage, "ann") as ann:
            async with ann.session.ws_connect("/v1/desk/socket") as socket:
                assert await until_closed(socket) < 3
            assert (await ann.call("GET", "queue"))[0] == 401


@asynccontextmanager
async def web_process(settings: Settings) -> AsyncIterator[tuple[Engine, str]]:
    """One `servicebot web`, but for its process."""
    async with run_roles(settings, frozenset({Role.WEB}), None) as engine:
        server = TestServer(build_app(engine.services))
        await server.start_server()
        try:
            yield engine, str(server.make_url("/"))
        finally:
            await server.close()


@pytest.mark.skipif(PROGRAM is None, reason=MISSING)
async def test_what_one_process_ends_is_closed_by_the_others(
    settings: Settings, tmp_path: Path
) -> None:
    redis = RedisStore(url=redis_url(), name=f"test-{tmp_path}")
    shared = replace(settings, redis=redis, store=Store(dir=tmp_path), records_url="")
    account = Account(name="ann", role=DeskRole.AGENT, password_hash=HASHER.hash(PASSWORD))
    async with web_process(shared) as (engine, first), web_process(shared) as (_, second):
        await engine.stores.accounts.put(account)
        jar = aiohttp.CookieJar(unsafe=True)
        async with (
            aiohttp.ClientSession(first, cookie_jar=jar) as one,
            aiohttp.ClientSession(second, cookie_jar=jar) as two,
        ):
            assert await Browser(one).sign_in("ann") == 200
            async with two.ws_connect("/v1/desk/socket") as socket:
                assert (await socket.receive_json())["type"] == "queue"
                await Browser(one).call("POST", "sign-out")
                assert await until_closed(socket) < 1
                assert socket.close_code == SIGNED_OUT


async def test_over_tls_the_cookie_is_one_that_no_other_host_can_set(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> None:
    public = replace(settings, web=replace(settings.web, public_url="https://chat.bank.example"))
    async with open_stage(public, content, understander, tmp_path) as stage:
        await add_people(stage)
        body = {"name": "ann", "password": PASSWORD}
        async with (
            aiohttp.ClientSession(stage.url) as session,
            session.post("/v1/desk/sign-in", json=body) as response,
        ):
            cookie = response.cookies["__Host-servicebot_desk"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Strict")
    assert (cookie["path"], cookie["domain"]) == ("/", "")
