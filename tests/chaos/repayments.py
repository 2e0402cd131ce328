"""F10: repayments against the sandbox bank over HTTP; replies are lost and the program dies midway."""

import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import aiohttp
from aiohttp.test_utils import TestServer
from tests.chaos.finding import Finding
from tests.sealing import SEAL
from tests.servers.fault_proxy import FaultProxy, Road, fault_proxy
from tests.servers.redis_server import redis_url
from typing_extensions import override

from servicebot.adapters.bank_http.bank import HttpBank
from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.system_clock import SystemClock
from servicebot.banking.perform import Deadlines, Performer
from servicebot.banking.resolve import SETTLE_AFTER, Resolver
from servicebot.domain.bank_calls import QuoteRepayment, Repay, StartStepUp
from servicebot.domain.bank_results import (
    BankResult,
    Quote,
    Refused,
    Repayment,
    StepUp,
    Unreachable,
)
from servicebot.domain.conversation import Conversation
from servicebot.domain.money import MoneyMove, MoveState
from servicebot.ports.ledger import Ledger
from servicebot.ports.money_journal import MoneyJournal
from servicebot.sandbox_bank.app import create_app
from servicebot.sandbox_bank.options import SandboxOptions
from servicebot.settings import RedisStore

TOKEN: Final = "token-of-the-chaos-runs"
CUSTOMER, LOAN, AMOUNT_FEN = "chen-xiaoming", "loan-chen-1", 10_000
PER_BOOK: Final = 10  # then the book begins anew, before the loan is paid off
DIES: Final = ("begun", "intended", "answered", "settled")
ROADS: Final = (Road.REPLY_LOST, Road.RESET, Road.HALF_OPEN)


class Died(BaseException):
    """The process is gone: nothing more of it runs."""


class LaterClock(SystemClock):
    """Past the time in which "no such key" may mean "not yet"."""

    @override
    def now(self) -> datetime:
        return super().now() + SETTLE_AFTER + timedelta(seconds=1)


@dataclass
class DyingJournal:
    """The journal of a process that dies at one of four moments."""

    journal: MoneyJournal
    dies: str

    async def begin(self, move: MoneyMove) -> MoneyMove:
        line = await self.journal.begin(move)
        self._die("begun")
        return line

    async def find(self, key: str) -> MoneyMove | None:
        return await self.journal.find(key)

    async def intend(self, key: str) -> bool:
        free = await self.journal.intend(key)
        self._die("intended")
        return free

    async def settle(
        self, key: str, state: MoveState, answer: Repayment | Refused | None = None
    ) -> None:
        self._die("answered")
        await self.journal.settle(key, state, answer)
        self._die("settled")

    async def forget(self, conversation_id: str) -> int:
        return await self.journal.forget(conversation_id)

    async def unresolved(self) -> tuple[MoneyMove, ...]:
        return await self.journal.unresolved()

    def _die(self, where: str) -> None:
        if self.dies == where:
            raise Died


@dataclass
class Teller:
    """The program, the road to the bank, and the bank's own desk beside it."""

    ledger: Ledger
    road: FaultProxy
    bank: HttpBank
    desk: aiohttp.ClientSession
    subject: str = ""

    async def begin_book(self) -> None:
        """A fresh book, and the customer linked to it."""
        await self._ask("POST", "/sandbox/reset")
        body = {"channel": "web", "channel_user": "u", "conversation": "c"}
        link = await self._ask("POST", "/v1/links", body)
        path = f"/sandbox/links/{link['url'].rpartition('/')[2]}/approve"
        await self._ask("POST", path, {"customer": CUSTOMER})
        self.subject = (await self._ask("GET", f"/v1/links/{link['link_id']}"))["subject"]

    async def agreed(self, key: str) -> Repay:
        """A repayment with its quote and its approved page."""
        quote = await self.bank.send(
            QuoteRepayment(loan_id=LOAN, amount_fen=AMOUNT_FEN), self.subject
        )
        assert isinstance(quote, Quote)
        page = await self.bank.send(
            StartStepUp(
                key=f"page-{key}",
                operation="loan.repay",
                resource_id=LOAN,
                amount_fen=quote.total_fen,
                account_id=quote.account_id,
                conversation_id="c",
            ),
            self.subject,
        )
        assert isinstance(page, StepUp)
        path = f"/sandbox/step-ups/{(page.url or '').rpartition('/')[2]}/approve"
        await self._ask("POST", path, {"customer": CUSTOMER})
        return Repay(
            key=key,
            quote_id=quote.quote_id,
            loan_id=LOAN,
            total_fen=quote.total_fen,
            account_id=quote.account_id,
            step_up_id=page.step_up_id,
        )

    async def perform(self, call: Repay, dies: str = "") -> BankResult | None:
        """A fresh process tries the turn; None where it died."""
        shared, clock = InProcessShared(SystemClock()), SystemClock()
        deadlines = Deadlines(read_s=1.0, move_s=0.3 if self.road.road is not Road.OPEN else 5.0)
        journal = DyingJournal(self.ledger.journal, dies)
        chat = Conversation(id=f"web:{call.key}", channel="web", sender="u")
        with suppress(Died):
            performer = Performer(self.bank, journal, shared, clock, deadlines)
            return await performer.perform(call, self.subject, chat)
        return None

    async def resolve(self) -> int:
        """Asks by key, a little later; how many are still open."""
        journal, mailbox = self.ledger.journal, self.ledger.mailbox
        await Resolver(self.bank, journal, mailbox, LaterClock()).resolve()
        return len(await journal.unresolved())

    async def book(self) -> Counter[str]:
        """How many postings each key has."""
        postings = (await self._ask("GET", f"/sandbox/ledger?loan_id={LOAN}"))["postings"]
        return Counter(row["key"] for row in postings)

    async def _ask(self, method: str, path: str, body: object = None) -> Any:
        head = {"Authorization": f"Bearer {TOKEN}"}
        async with self.desk.request(method, path, json=body, headers=head) as response:
            response.raise_for_status()
            return await response.json() if response.content_type == "application/json" else None


async def repayments(
    seed: int, folder: Path, *, kills: int = 200, in_redis: bool = False
) -> Finding:
    """So many deaths and cuts; each repayment is posted once or not at all, and told as it is."""
    found, dice, seen = Finding(), random.Random(seed), Counter[str]()
    async with _tellers(folder, in_redis=in_redis) as teller:
        number = 0
        while sum(seen[kind] for kind in (*DIES, *ROADS)) < kills:
            if number % PER_BOOK == 0:
                await teller.begin_book()
            await _one(teller, f"key-of-{seed}-{number:06d}", dice, seen, found)
            number += 1
    found.figures = {
        "repayments": number,
        "posted": seen["posted"],
        "voided": seen["voided"],
        **{f"died when {kind}": seen[kind] for kind in DIES},
        **{f"road {kind}": seen[kind] for kind in ROADS},
        "posted twice": seen["twice"],
    }
    return found


async def _one(
    teller: Teller, key: str, dice: random.Random, seen: Counter[str], found: Finding
) -> None:
    """One repayment, broken one to three times, then finished in peace."""
    call = await teller.agreed(key)
    for _ in range(dice.randint(1, 3)):
        kind = dice.choice((*DIES, *ROADS))
        teller.road.set(kind if isinstance(kind, Road) else Road.OPEN)
        ended = await teller.perform(call, "" if isinstance(kind, Road) else kind)
        teller.road.set(Road.OPEN)
        # What has its end already neither dies nor is sent: only what broke is counted.
        seen[kind] += ended is None or isinstance(ended, Unreachable)
        if dice.random() < 0.3:
            await teller.resolve()
    if dice.random() < 0.5:
        await teller.perform(call)
    still_open = await teller.resolve()
    told, posted = await teller.perform(call), (await teller.book())[key]
    found.expect(not still_open, f"{key}: still open")
    found.expect(posted <= 1, f"{key}: posted {posted} times")
    seen["twice"] += posted > 1
    seen["posted" if posted else "voided"] += 1
    done = isinstance(told, Repayment) and told.state == "succeeded"
    found.expect(done == (posted == 1), f"{key}: told {told!r}, posted {posted} times")


@asynccontextmanager
async def _tellers(folder: Path, *, in_redis: bool) -> AsyncIterator[Teller]:
    options = SandboxOptions(
        host="127.0.0.1",
        port=0,
        book_path=":memory:",
        service_token=TOKEN,
        public_url="http://b.test",
    )
    server = TestServer(create_app(options))
    await server.start_server(access_log=None)
    assert server.port is not None
    # One connection a call: what the road does to one, it does to no other.
    line = aiohttp.TCPConnector(force_close=True)
    async with (
        fault_proxy(server.port) as road,
        aiohttp.ClientSession(connector=line) as session,
        aiohttp.ClientSession(server.make_url("/")) as desk,
        _ledger(folder, in_redis=in_redis) as ledger,
    ):
        yield Teller(ledger, road, HttpBank(session, road.url, TOKEN), desk)
    await server.close()


def _ledger(folder: Path, *, in_redis: bool) -> AbstractAsyncContextManager[Ledger]:
    if in_redis:
        return open_redis_ledger(RedisStore(url=redis_url(), name=f"f10-{folder}"), SEAL)
    return _in_file(folder)


@asynccontextmanager
async def _in_file(folder: Path) -> AsyncIterator[Ledger]:
    with closing(open_sqlite_ledger(folder / "m.db", SystemClock(), SEAL)) as ledger:
        yield ledger
