"""The bank is slow, silent, dead, cut, or answers with what is no answer: always a handled fault."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing, suppress
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.sealing import SEAL
from tests.servers.fault_proxy import FaultProxy, Road, fault_proxy

from servicebot.adapters.bank_http.bank import HttpBank
from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.system_clock import SystemClock
from servicebot.banking.perform import Deadlines, Performer
from servicebot.domain.bank_calls import ListLoans
from servicebot.domain.bank_results import BankResult, Loans, Unreachable
from servicebot.domain.conversation import Conversation
from servicebot.domain.errors import UnavailableError
from servicebot.ports.money_journal import MoneyJournal

CHAT = Conversation(id="web:c1", channel="web", sender="c1")
READ_S = 1.0
MEGABYTE = 1024 * 1024
Write = Callable[[web.StreamResponse], Awaitable[None]]


class Bank:
    """A server whose answer each test writes, behind a road that each test breaks."""

    def __init__(self, road: FaultProxy, http: HttpBank, journal: MoneyJournal) -> None:
        self.journal = journal
        self.road = road
        self.http = http
        self.write: Write | None = None
        self.sent = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if self.write is None:
            return web.json_response({"loans": []})
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        with suppress(ConnectionError):
            await self.write(response)
        return response

    async def ask(self) -> tuple[BankResult, float]:
        """What a turn gets, and after how many seconds."""
        performer = Performer(
            self.http,
            self.journal,
            InProcessShared(SystemClock()),
            SystemClock(),
            Deadlines(read_s=READ_S),
        )
        began = time.monotonic()
        return await performer.perform(ListLoans(), "s", CHAT), time.monotonic() - began


@pytest.fixture
async def bank(tmp_path: Path) -> AsyncIterator[Bank]:
    app = web.Application()
    server = TestServer(app)
    made: list[Bank] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        return await made[0].answer(request)

    app.router.add_get("/v1/loans", answer)
    await server.start_server(access_log=None, shutdown_timeout=0.1)
    assert server.port is not None
    async with fault_proxy(server.port) as road, aiohttp.ClientSession() as session:
        with closing(open_sqlite_ledger(tmp_path / "m.db", SystemClock(), SEAL)) as ledger:
            made.append(Bank(road, HttpBank(session, road.url, "token"), ledger.journal))
            yield made[0]
    await server.close()


@pytest.mark.parametrize(
    "road", [Road.SLOW, Road.HELD, Road.HALF_OPEN, Road.REPLY_LOST, Road.RESET]
)
async def test_a_broken_line_is_told_within_the_deadline_and_forgotten_once_it_is_whole(
    bank: Bank, road: Road
) -> None:
    assert isinstance((await bank.ask())[0], Loans)
    bank.road.slow_s = 10.0
    bank.road.set(road)
    told, took_s = await bank.ask()
    assert told == Unreachable()
    assert took_s <= READ_S + 0.5
    bank.road.set(Road.OPEN)
    assert isinstance((await bank.ask())[0], Loans)


async def deep(response: web.StreamResponse) -> None:
    await response.write(b'{"loans":' + b"[" * 100_000 + b"]" * 100_000 + b"}")


async def unclosed(response: web.StreamResponse) -> None:
    await response.write(b"[" * 500_000)


async def no_json(response: web.StreamResponse) -> None:
    await response.write(b"<html>\x00\xff busy")


async def broken_text(response: web.StreamResponse) -> None:
    await response.write(b'{"loans": "\xff\xfe"}')


async def other_type(response: web.StreamResponse) -> None:
    await response.write(b'{"loans": {"a": NaN}}')


async def many_digits(response: web.StreamResponse) -> None:
    await response.write(b'{"loans": ' + b"9" * 10_000 + b"}")


@pytest.mark.parametrize("write", [deep, unclosed, no_json, broken_text, other_type, many_digits])
async def test_what_is_no_answer_is_a_bank_that_does_not_answer(bank: Bank, write: Write) -> None:
    bank.write = write
    with pytest.raises(UnavailableError):
        await bank.http.send(ListLoans(), "s")
    assert (await bank.ask())[0] == Unreachable()


async def test_a_body_of_200_megabytes_is_left_after_the_first(bank: Bank) -> None:
    async def flood(response: web.StreamResponse) -> None:
        for _ in range(200):
            await response.write(b" " * MEGABYTE)
            bank.sent += 1

    bank.write = flood
    with pytest.raises(UnavailableError):
        await bank.http.send(ListLoans(), "s")
    await asyncio.sleep(0.1)
    assert bank.sent < 20  # what the buffers of the line hold


async def test_a_body_that_never_ends_is_cut_at_the_deadline(bank: Bank) -> None:
    async def drip(response: web.StreamResponse) -> None:
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.05)

    bank.write = drip
    told, took_s = await bank.ask()
    assert told == Unreachable()
    assert took_s <= READ_S + 0.5
