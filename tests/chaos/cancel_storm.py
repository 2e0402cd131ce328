"""F24: thousands of calls, many cancelled in the middle: every answer belongs to its caller."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from tests.chaos.finding import Finding
from tests.contracts.examples import inbound
from tests.sealing import SEAL
from tests.servers.redis_server import redis_url

from servicebot.adapters.in_redis.ledger import RedisLedger, open_redis_ledger
from servicebot.adapters.in_redis.shared import RedisShared
from servicebot.settings import RedisStore

AT_ONCE = 200
CANCELLED_WITHIN_S = 0.04  # about as long as so many calls take
CHATS = 50
AFTERWARDS_S = 3.0
_Call = Callable[[int], Awaitable[bool]]


async def cancel_storm(seed: int, folder: Path, *, calls: int = 4_000) -> Finding:
    """Reads, scripts and pipelines of fifty chats, up to half of them cancelled."""
    found, dice = Finding(), random.Random(seed)
    cancelled, wrong, loop = 0, 0, asyncio.get_running_loop()
    store = RedisStore(url=redis_url(), name=f"storm-{folder}")
    async with open_redis_ledger(store, SEAL) as ledger:
        kinds = await _kinds(ledger, store.name)
        for _ in range(0, calls, AT_ONCE):
            tasks = [_start(dice.choice(kinds), dice.randrange(CHATS)) for _ in range(AT_ONCE)]
            for task in dice.sample(tasks, AT_ONCE // 2):
                loop.call_later(dice.uniform(0, CANCELLED_WITHIN_S), task.cancel)
            answers = await asyncio.gather(*tasks, return_exceptions=True)
            cancelled += sum(isinstance(one, asyncio.CancelledError) for one in answers)
            wrong += sum(one is False for one in answers)
            for one in answers:
                if isinstance(one, Exception):
                    found.faults.append(f"a call failed: {one!r}")
        began = time.monotonic()
        with suppress(TimeoutError):
            async with asyncio.timeout(2 * AFTERWARDS_S):
                right = await asyncio.gather(*(kinds[0](n % CHATS) for n in range(AT_ONCE)))
                found.expect(all(right), "a wrong answer after the storm")
    after_s = time.monotonic() - began
    found.expect(wrong == 0, f"{wrong} answers reached the wrong caller")
    found.expect(cancelled > calls // 10, f"only {cancelled} calls were cancelled in time")
    found.expect(after_s < AFTERWARDS_S, f"200 calls after the storm took {after_s:.1f} s")
    found.figures = {
        "calls": calls,
        "cancelled": cancelled,
        "wrong": wrong,
        "200 calls afterwards (s)": after_s,
    }
    return found


def _start(kind: _Call, number: int) -> "asyncio.Task[bool]":
    async def call() -> bool:
        return await kind(number)

    return asyncio.create_task(call())


async def _kinds(ledger: RedisLedger, name: str) -> list[_Call]:
    """Calls that know their own right answer."""
    shared = RedisShared(ledger.redis, name)
    for number in range(CHATS):
        await ledger.mailbox.accept(inbound(f"m{number}", conversation=f"c{number}"))
        await shared.put(f"v{number}", str(number).encode(), None)
        await shared.join(f"g{number}", str(number), 600.0)

    async def line(number: int) -> bool:
        lines = await ledger.timeline.lines(f"wechat:c{number}", 0)
        return [one.message.text for one in lines] == [f"text of m{number}"]

    async def value(number: int) -> bool:
        return await shared.get(f"v{number}") == str(number).encode()

    async def group(number: int) -> bool:
        return await shared.members(f"g{number}") == {str(number)}

    async def duplicate(number: int) -> bool:
        taken = await ledger.mailbox.accept(inbound(f"m{number}", conversation=f"c{number}"))
        return taken.value == "duplicate"

    async def counted(number: int) -> bool:
        return await shared.count(f"n{number}", 600.0) >= 1

    return [line, value, group, duplicate, counted]
