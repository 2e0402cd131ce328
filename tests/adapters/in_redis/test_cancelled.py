"""Whoever is cancelled in the middle of a call ends, and no answer reaches anybody else."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.contracts.examples import inbound
from tests.sealing import SEAL
from tests.servers.redis_server import MISSING, PROGRAM, redis_url

from servicebot.adapters.in_redis.ledger import RedisLedger, open_redis_ledger
from servicebot.adapters.in_redis.shared import RedisShared
from servicebot.settings import RedisStore

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=MISSING)


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[RedisLedger]:
    async with open_redis_ledger(RedisStore(url=redis_url(), name=f"t-{tmp_path}"), SEAL) as opened:
        yield opened


async def test_a_loop_that_is_cancelled_in_the_middle_of_a_call_ends(ledger: RedisLedger) -> None:
    """A background loop that outlived its cancellation would keep the program from ending."""
    shared, dice = RedisShared(ledger.redis, "t"), random.Random(1)

    async def work_on(number: int) -> None:
        while True:
            await ledger.mailbox.accept(inbound("m", conversation=f"c{number}"))
            await ledger.mailbox.load()
            await shared.put_new(f"job/{number}", b"1", 1.0)

    for _ in range(20):
        loops = [asyncio.create_task(work_on(number)) for number in range(20)]
        await asyncio.sleep(dice.uniform(0.01, 0.03))
        for loop in loops:
            loop.cancel()
        _, going_on = await asyncio.wait(loops, timeout=1.0)
        for loop in going_on:
            while not loop.done():
                loop.cancel()
                await asyncio.sleep(0.01)
        assert not going_on, f"{len(going_on)} of 20 went on after they were cancelled"
