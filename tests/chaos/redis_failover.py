"""F4: the primary dies while its replica lags, and the replica takes over."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from tests.chaos.crowd import Crowd, message
from tests.chaos.finding import Finding
from tests.sealing import SEAL
from tests.servers.fault_proxy import FaultProxy, Road, fault_proxy
from tests.servers.redis_server import RedisServer, redis_server

from servicebot.adapters.in_redis.ledger import RedisLedger, open_redis_ledger
from servicebot.ports.mailbox import Accepted
from servicebot.settings import RedisStore

COPY_MS = 300


async def redis_failover(_: int, folder: Path, *, copies: int) -> Finding:
    """Accepts before and while the replica lags, then what the new primary knows of them."""
    found = Finding()
    async with pair(folder) as (primary, replica, road):
        async with _open(primary, copies) as ledger:
            crowd = Crowd(ledger)
            await crowd.say_once(200)
            await caught_up(primary, replica)
            before = len(crowd.told)
            road.set(Road.HELD)
            refused = await crowd.say_once(100)
            primary.kill()
        await road.end()
        replica.command("REPLICAOF", "NO", "ONE")
        async with _open(replica, 0) as ledger:
            lost = [one for one in crowd.told if not await _is_there(ledger, one)]
            for one in refused:  # the messenger sends again what was refused
                await ledger.mailbox.accept(message(one))
            after = Crowd(ledger)
            await after.drain()
            answers = await after.answered([*crowd.told, *refused])
    missing = [one for one, times in answers.items() if times != 1]
    found.expect(before == 200, f"{200 - before} of 200 were refused with a replica that keeps up")
    found.expect(not lost or not copies, f"{len(lost)} messages that were told NEW are lost")
    found.expect(not missing or not copies, f"{len(missing)} were not answered exactly once")
    found.figures = {
        "copies": copies,
        "told NEW": len(crowd.told),
        "refused while it lags": len(refused),
        "lost of those told NEW": len(lost),
    }
    return found


async def redis_failover_without_copies(seed: int, folder: Path) -> Finding:
    """The control: the same without waiting for a copy loses, so the run would notice."""
    found = await redis_failover(seed, folder, copies=0)
    found.expect(found.figures["lost of those told NEW"] != 0, "the control lost nothing")
    return found


@asynccontextmanager
async def pair(folder: Path) -> AsyncIterator[tuple[RedisServer, RedisServer, FaultProxy]]:
    """A primary, and a replica that hears of it over a road that can be held."""
    for name in ("primary", "replica"):
        (folder / name).mkdir()
    with redis_server(folder / "primary", "--repl-diskless-sync-delay", "0") as primary:
        async with fault_proxy(primary.port) as road:
            with redis_server(
                folder / "replica", "--replicaof", f"127.0.0.1 {road.port}"
            ) as replica:
                await caught_up(primary, replica)
                yield primary, replica, road


async def caught_up(primary: RedisServer, replica: RedisServer) -> None:
    """Waits until the replica has all that the primary has."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        told = await asyncio.to_thread(replica.command, "INFO", "replication")
        copied = await asyncio.to_thread(primary.command, "WAIT", "1", "200")
        if b"master_link_status:up" in told and copied.startswith(b":1"):
            return
        await asyncio.sleep(0.05)
    raise TimeoutError("the replica does not catch up")


def _open(server: RedisServer, copies: int) -> AbstractAsyncContextManager[RedisLedger]:
    store = RedisStore(url=server.url, name="f4", copies=copies, copy_ms=COPY_MS)
    return open_redis_ledger(store, SEAL)


async def _is_there(ledger: RedisLedger, number: int) -> bool:
    return await ledger.mailbox.accept(message(number)) is Accepted.DUPLICATE
