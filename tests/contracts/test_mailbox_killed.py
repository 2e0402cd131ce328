"""A process that is killed between accept and commit loses nothing."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from tests.contracts.adapters import LEDGERS, ledger_names
from tests.contracts.examples import inbound, result
from tests.contracts.settable_clock import SettableClock
from tests.servers.redis_cluster import CLUSTER_OF_PARENT, cluster_url
from tests.servers.redis_server import URL_OF_PARENT, redis_url

from servicebot.ports.mailbox import Accepted

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("adapter", ledger_names())
async def test_every_message_that_was_accepted_is_there_after_kill_9(
    adapter: str, tmp_path: Path
) -> None:
    accepted = await _accept_and_kill(adapter, tmp_path)
    assert len(accepted) >= 50
    async with LEDGERS[adapter](tmp_path, SettableClock()) as stores:
        for message_id in accepted:
            again = inbound(message_id, conversation=f"c{int(message_id[1:]) // 5}")
            assert await stores.mailbox.accept(again) is Accepted.DUPLICATE
        handled: list[str] = []
        while (claim := await stores.mailbox.claim(10)) is not None:
            handled.append(claim.message.message_id)
            await stores.mailbox.commit(claim, result(claim.message, claim.state))
            # A fresh reading of the clock per turn, as in life: the queue is fair by time.
            stores.clock.advance(0.001)
    assert set(accepted) <= set(handled)
    assert len(handled) == len(set(handled))


@pytest.mark.parametrize("adapter", ledger_names())
async def test_a_message_whose_worker_died_is_handled_by_the_next(
    adapter: str, tmp_path: Path
) -> None:
    """The claim is on the disk, its worker is gone: after the lease another one has it."""
    clock = SettableClock()
    async with LEDGERS[adapter](tmp_path, clock) as stores:
        await stores.mailbox.accept(inbound("m1"))
        assert await stores.mailbox.claim(10) is not None
    async with LEDGERS[adapter](tmp_path, clock) as stores:
        assert await stores.mailbox.claim(10) is None
        clock.advance(11)
        claim = await stores.mailbox.claim(10)
        assert claim is not None
        assert claim.message.message_id == "m1"


async def _accept_and_kill(adapter: str, folder: Path) -> list[str]:
    script = ("-m", "tests.contracts.accept_until_killed", adapter, str(folder))
    server = {
        "in_redis": lambda: {URL_OF_PARENT: redis_url()},
        "in_redis_cluster": lambda: {CLUSTER_OF_PARENT: cluster_url()},
    }.get(adapter, dict)()
    process = await asyncio.create_subprocess_exec(
        sys.executable, *script, cwd=ROOT, stdout=asyncio.subprocess.PIPE, env=os.environ | server
    )
    assert process.stdout is not None
    async with asyncio.timeout(30):
        told = b"".join([await process.stdout.readline() for _ in range(50)])
        process.send_signal(signal.SIGKILL)
        told += await process.stdout.read()
        await process.wait()
    return told.decode().rpartition("\n")[0].split("\n")
