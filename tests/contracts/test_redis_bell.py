"""A bell over processes: heard everywhere, one ring wakes one in each, many wake as many."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from tests.sealing import SEAL
from tests.servers.redis_server import MISSING, PROGRAM, redis_url

from servicebot.adapters.in_redis.bell import open_redis_bell
from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.settings import RedisStore
from servicebot.turns.bell import Bell

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=MISSING)


@pytest.fixture
async def bells(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Bell, Bell]]:
    """Those of two processes."""
    store = RedisStore(url=redis_url(), name=request.node.name)
    async with AsyncExitStack() as stack:
        opened = []
        for _ in range(2):
            ledger = await stack.enter_async_context(open_redis_ledger(store, SEAL))
            opened.append(
                await stack.enter_async_context(open_redis_bell(ledger.redis, store.name))
            )
        await asyncio.sleep(0.2)  # until both have subscribed
        yield opened[0], opened[1]


async def woken(bell: Bell, waiters: int) -> int:
    """How many of so many wake within a moment."""

    async def wait() -> bool:
        with bell.listen("a") as ring:
            return await ring.wait(0.5)

    return sum(await asyncio.gather(*(wait() for _ in range(waiters))))


@pytest.mark.parametrize(("rings", "wakes"), [(1, 1), (3, 3)])
async def test_each_ring_for_one_wakes_one_in_the_other_process(
    bells: tuple[Bell, Bell], rings: int, wakes: int
) -> None:
    here, there = bells
    waiting = asyncio.create_task(woken(there, 5))
    await asyncio.sleep(0.05)
    for _ in range(rings):
        here.ring_one("a")
    assert await waiting == wakes


async def test_a_ring_for_all_wakes_all_in_the_other_process(bells: tuple[Bell, Bell]) -> None:
    here, there = bells
    waiting = asyncio.create_task(woken(there, 5))
    await asyncio.sleep(0.05)
    here.ring("a")
    assert await waiting == 5
