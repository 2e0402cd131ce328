"""Connections: those that keep us waiting are cut off, and keep nobody out."""

import asyncio
import resource
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from tests.servers.redis_server import free_port

from servicebot.app import guarded_site, server
from servicebot.settings import load_settings
from servicebot.web import connections
from servicebot.web.connections import CONNECTIONS, Connections
from servicebot.web.middlewares import hold
from servicebot.web_settings import Web

ATTACKER = "127.0.0.66"


def few() -> Web:
    return load_settings({"SERVICEBOT_WEB_CONNECTIONS": "20"}).web


@asynccontextmanager
async def served() -> AsyncIterator[tuple[str, int, Connections]]:
    async def hello(_: web.Request) -> web.Response:
        return web.Response(text="hello")

    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(1.5)
        return web.Response(text="slow")

    app = web.Application(middlewares=[hold])
    app.add_routes([web.get("/", hello), web.get("/slow", slow)])
    port = free_port()
    async with server.listening(app, few(), port):
        yield "127.0.0.1", port, app[CONNECTIONS]


@pytest.fixture
async def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEADER_S", 0.4)
    monkeypatch.setattr(connections, "IDLE_S", 0.6)
    monkeypatch.setattr(connections, "SWEEP_S", 0.05)


async def held_for(host: str, port: int, first: bytes, drip: bytes = b"") -> float:
    """How many seconds the server holds a connection that says this."""
    near, back = await asyncio.open_connection(host, port, local_addr=(ATTACKER, 0))
    began = time.monotonic()
    back.write(first)
    try:
        while time.monotonic() - began < 8:
            try:
                async with asyncio.timeout(0.1):
                    if not await near.read(4096):
                        break
            except TimeoutError:
                back.write(drip)
    except ConnectionError:
        pass
    back.transport.abort()
    return time.monotonic() - began


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("first", "drip"),
    [
        (b"", b""),
        (b"GET / HT", b""),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"a"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b""),
    ],
    ids=["says nothing", "half a header", "a header without an end", "idle after an answer"],
)
async def test_who_keeps_us_waiting_is_cut_off(first: bytes, drip: bytes) -> None:
    async with served() as (host, port, known):
        assert 0.3 <= await held_for(host, port, first, drip) <= 2.0
        await asyncio.sleep(0.05)
        assert len(known) == 0


async def test_idle_connections_keep_nobody_out() -> None:
    """As many as the descriptors had, and the health of the server was told to nobody."""
    async with served() as (host, port, known), aiohttp.ClientSession() as http:
        idle = [
            await asyncio.open_connection(host, port, local_addr=(f"127.0.0.{60 + n % 5}", 0))
            for n in range(100)
        ]
        for _ in range(10):
            async with http.get(f"http://{host}:{port}/") as response:
                assert response.status == 200
        assert len(known) <= 20
        for _, back in idle:
            back.transport.abort()


async def test_one_address_takes_no_more_than_half_of_the_places() -> None:
    async with served() as (host, port, known):
        lines = [
            await asyncio.open_connection(host, port, local_addr=(ATTACKER, 0)) for _ in range(40)
        ]
        await asyncio.sleep(0.1)
        assert len(known) == 10
        for _, back in lines:
            back.transport.abort()


async def test_where_all_places_are_at_work_the_newcomer_is_told_to_come_again() -> None:
    async with served() as (host, port, _), aiohttp.ClientSession() as http:

        async def work(number: int) -> bytes:
            near, back = await asyncio.open_connection(
                host, port, local_addr=(f"127.0.0.{60 + number % 2}", 0)
            )
            back.write(b"GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            answer = await near.read()
            back.close()
            return answer

        working = [asyncio.create_task(work(number)) for number in range(20)]
        await asyncio.sleep(0.3)
        async with http.get(f"http://{host}:{port}/") as response:
            assert response.status == 503
            assert int(response.headers["Retry-After"]) >= 1
        answers = await asyncio.gather(*working)
        assert all(answer.startswith(b"HTTP/1.1 200") for answer in answers)


def test_the_cap_leaves_descriptors_free(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings({}).web
    for limit in (256, 1_024, 20_000, 1_048_576):
        monkeypatch.setattr(resource, "getrlimit", lambda _, limit=limit: (limit, limit))
        assert 16 <= guarded_site.make_connections(settings).most <= 0.75 * limit
