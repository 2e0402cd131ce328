"""F22: the real program is told to stop under load, with chat pages open, one of them dead."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import aiohttp
from tests.chaos.crowd import PER_CHAT
from tests.chaos.finding import Finding
from tests.contracts.examples import result
from tests.servers.program import program
from tests.servers.redis_server import redis_url

from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.sealing.aes_gcm import AesGcmSeal
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.seal import open_keys
from servicebot.domain.messages import Author
from servicebot.ports.ledger import Ledger
from servicebot.ports.seal import Seal
from servicebot.settings import RedisStore, Store

STOPS_WITHIN_S = 20.0
TAKEN_OVER_WITHIN_S = 1.0
LOAD_S = 2.0
SAYERS = 40


@dataclass
class Load:
    """Programs that post messages until nobody answers; `told` are those that were taken."""

    told: list[int] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    async def post(self, session: aiohttp.ClientSession, url: str) -> None:
        while True:
            number = next(self._numbers)
            body = {"conversation": f"c{number // PER_CHAT}", "id": f"{number}", "text": "你好"}
            try:
                async with session.post(f"{url}/v1/messages", json=body) as response:
                    if response.status == 202:
                        self.told.append(number)
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.2)


async def sigterm(_: int, folder: Path, *, part: str) -> Finding:
    """`web` over Redis without a model, or `serve` over SQLite with it."""
    found, load = Finding(), Load()
    store = RedisStore(url=redis_url(), name=f"f22-{folder}") if part == "web" else None
    settings = (
        {"SERVICEBOT_REDIS_URL": store.url, "SERVICEBOT_REDIS_NAME": store.name} if store else {}
    )
    async with (
        program(part, folder=folder, settings=settings) as started,
        aiohttp.ClientSession() as session,
        AsyncExitStack() as pages,
    ):
        found.figures["ready after (s)"] = time.monotonic() - found.began
        closed = [await _open_page(session, started.url, pages) for _ in range(2)]
        await _open_dead_page(session, started.url, pages)
        posting = [asyncio.create_task(load.post(session, started.url)) for _ in range(SAYERS)]
        await asyncio.sleep(LOAD_S)
        code, took_s = await started.terminate(2 * STOPS_WITHIN_S)
        for task in posting:
            task.cancel()
        await asyncio.gather(*posting, return_exceptions=True)
        codes = [await asyncio.wait_for(one, 2.0) for one in closed]
    found.expect(code == 0, f"it ended with {code}")
    found.expect(took_s <= STOPS_WITHIN_S, f"it took {took_s:.1f} s")
    found.expect(codes == [1001, 1001], f"the pages were told {codes}")
    found.figures |= {"taken": len(load.told), "exit code": code, "stopped after (s)": took_s}
    async with _open(store, folder) as ledger:
        await _look(ledger, load, found)
    return found


async def _open_page(
    session: aiohttp.ClientSession, url: str, pages: AsyncExitStack
) -> "asyncio.Task[int | None]":
    """A page that reads on until it is told goodbye; the task's result is the close code."""
    socket = await _open_dead_page(session, url, pages)

    async def read() -> int | None:
        async for _ in socket:
            pass
        return socket.close_code

    return asyncio.create_task(read())


async def _open_dead_page(
    session: aiohttp.ClientSession, url: str, pages: AsyncExitStack
) -> aiohttp.ClientWebSocketResponse:
    """A page that never reads again, so that it answers no goodbye."""
    async with session.post(f"{url}/v1/chat/sessions", json={"language": "zh"}) as response:
        ticket = (await response.json())["ticket"]
    socket = await pages.enter_async_context(session.ws_connect(f"{url}/v1/chat/socket"))
    await socket.send_json({"type": "hello", "ticket": ticket, "after": 0})
    return socket


def _open(store: RedisStore | None, folder: Path) -> AbstractAsyncContextManager[Ledger]:
    seal = AesGcmSeal(open_keys(Store(dir=folder / "var"), SystemClock()))
    return open_redis_ledger(store, seal) if store is not None else _in_file(folder, seal)


@asynccontextmanager
async def _in_file(folder: Path, seal: Seal) -> AsyncIterator[Ledger]:
    with closing(open_sqlite_ledger(folder / "var" / "mailbox.db", SystemClock(), seal)) as ledger:
        yield ledger


async def _look(ledger: Ledger, load: Load, found: Finding) -> None:
    """Another process takes over: nothing is leased, nothing is lost, no turn was made twice."""
    waiting, began = (await ledger.mailbox.load()).waiting, time.monotonic()
    taken: Counter[str] = Counter()
    for _ in range(waiting):
        claim = await ledger.mailbox.claim(10)
        if claim is None:
            break
        taken[claim.conversation_id] += 1
        await ledger.mailbox.commit(claim, result(claim.message, claim.state, "said"))
        if sum(taken.values()) == 1:
            found.figures["taken over after (s)"] = time.monotonic() - began
    found.expect(sum(taken.values()) == waiting, "a lease was left behind")
    found.expect(
        float(found.figures.get("taken over after (s)", 0.0)) <= TAKEN_OVER_WITHIN_S,
        "slow takeover",
    )
    lost = twice = 0
    for number in load.told:
        chat = f"web:c{number // PER_CHAT}"
        lines = await ledger.timeline.lines(chat, 0)
        mine = [line for line in lines if line.message_id.endswith(f"{number}")]
        said = [line for line in mine if line.author is Author.CUSTOMER]
        lost += len(said) < 1 or len(mine) < 2
        twice += len(said) > 1
        state = await ledger.timeline.conversation(chat)
        customers = [line for line in lines if line.author is Author.CUSTOMER]
        twice += state is not None and state.turns != len(customers)
    found.expect(not lost, f"{lost} messages are lost")
    found.expect(not twice, f"{twice} messages were handled twice")
    found.figures |= {"still waited": waiting, "lost": lost, "twice": twice}
