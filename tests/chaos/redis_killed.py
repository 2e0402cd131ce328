"""F3: Redis is killed while messages are accepted and handled, and started again."""

import asyncio
import random
import time
from pathlib import Path

from tests.chaos.crowd import Crowd
from tests.chaos.finding import Finding
from tests.sealing import SEAL
from tests.servers.redis_server import RedisServer, redis_server

from servicebot.adapters.in_redis.bell import RedisBell, open_redis_bell
from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.settings import RedisStore

BACK_WITHIN_S = 2.0
HEARD_WITHIN_S = 2.0


async def redis_killed(seed: int, folder: Path, *, fsync: str, kills: int = 3) -> Finding:
    """What was told NEW is there and answered once; accepts meanwhile are told the truth."""
    found, dice = Finding(), random.Random(seed)
    with redis_server(folder, "--appendfsync", fsync) as server:
        store = RedisStore(url=server.url, name="f3")
        async with (
            open_redis_ledger(store, SEAL) as ledger,
            open_redis_bell(ledger.redis, store.name) as rings,
            open_redis_ledger(store, SEAL) as other,
            open_redis_bell(other.redis, store.name) as hears,
        ):
            crowd = Crowd(ledger)
            async with crowd.at_work(sayers=8, handlers=2):
                back = [await _kill_and_wait(server, crowd, dice, found) for _ in range(kills)]
                heard = await _heard_after(rings, hears)
            await crowd.drain()
            again = await crowd.answered(crowd.told)
    lost = [number for number, times in again.items() if times == 0]
    twice = [number for number, times in again.items() if times > 1]
    found.expect(not lost, f"{len(lost)} messages that were told NEW are lost")
    found.expect(not twice, f"{len(twice)} messages were answered twice")
    found.expect(crowd.refused > 0, "no accept noticed that Redis was gone")
    found.expect(max(back) <= BACK_WITHIN_S, f"claims went on after {max(back):.2f} s")
    found.expect(heard <= HEARD_WITHIN_S, "the bell is not heard any more")
    found.figures = {
        "kills": kills,
        "accepted": len(crowd.told),
        "refused meanwhile": crowd.refused,
        "lost": len(lost),
        "twice": len(twice),
        "goes on after (s, worst)": max(back),
        "bell heard after (s)": heard,
    }
    return found


async def _kill_and_wait(
    server: RedisServer, crowd: Crowd, dice: random.Random, found: Finding
) -> float:
    """Seconds from the server's first answer to the first commit."""
    await asyncio.sleep(dice.uniform(0.3, 0.7))
    await asyncio.to_thread(server.kill)
    await asyncio.sleep(dice.uniform(0.1, 0.5))
    await asyncio.to_thread(server.start)
    up, before = time.monotonic(), len(crowd.commits)
    while len(crowd.commits) == before and time.monotonic() - up < 3 * BACK_WITHIN_S:
        await asyncio.sleep(0.005)
    found.expect(len(crowd.commits) > before, "nothing was handled after a restart")
    return time.monotonic() - up


async def _heard_after(rings: RedisBell, hears: RedisBell) -> float:
    """Seconds until a ring in one process is heard in another."""
    began = time.monotonic()
    with hears.listen("x") as listening:
        while time.monotonic() - began < 5 * HEARD_WITHIN_S:
            rings.ring("x")
            if await listening.wait(0.05):
                break
    return time.monotonic() - began
