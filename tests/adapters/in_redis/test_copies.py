"""With copies wanted, a message counts as taken only once a replica has it."""

from pathlib import Path

import pytest
from tests.chaos.redis_failover import caught_up, pair
from tests.contracts.examples import inbound, result
from tests.sealing import SEAL
from tests.servers.fault_proxy import Road
from tests.servers.redis_server import MISSING, PROGRAM

from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.domain.errors import UnavailableError
from servicebot.ports.mailbox import Accepted
from servicebot.settings import RedisStore

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=MISSING)


async def test_what_was_refused_for_want_of_a_copy_waits_again_when_it_is_sent_again(
    tmp_path: Path,
) -> None:
    async with pair(tmp_path) as (primary, replica, road):
        store = RedisStore(url=primary.url, copies=1, copy_ms=1_000)
        async with open_redis_ledger(store, SEAL) as ledger:
            assert await ledger.mailbox.accept(inbound("m0")) is Accepted.NEW
            road.set(Road.HELD)
            for _ in range(2):  # the second one is a duplicate, and no less in danger
                with pytest.raises(UnavailableError, match="0 of 1 replicas"):
                    await ledger.mailbox.accept(inbound("m1"))
            road.set(Road.OPEN)
            await caught_up(primary, replica)
            assert await ledger.mailbox.accept(inbound("m1")) is Accepted.DUPLICATE


async def test_a_turn_that_was_committed_without_a_copy_is_not_made_again(tmp_path: Path) -> None:
    """The primary has it: giving the message back must change nothing."""
    async with pair(tmp_path) as (primary, _, road):
        store = RedisStore(url=primary.url, copies=1, copy_ms=1_000)
        async with open_redis_ledger(store, SEAL) as ledger:
            await ledger.mailbox.accept(inbound("m1"))
            claim = await ledger.mailbox.claim(10)
            assert claim is not None
            road.set(Road.HELD)
            with pytest.raises(UnavailableError, match="0 of 1 replicas"):
                await ledger.mailbox.commit(claim, result(claim.message, None, "said"))
            await ledger.mailbox.fail(claim, 0.0)
            assert await ledger.mailbox.claim(10) is None
            lines = await ledger.timeline.lines(claim.conversation_id, 0)
            assert [line.message.text for line in lines] == ["text of m1", "said"]
