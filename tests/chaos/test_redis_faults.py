"""Redis dies, fails over, fills up, is cancelled: what was told stays true."""

from pathlib import Path

import pytest
from tests.chaos.cancel_storm import cancel_storm
from tests.chaos.redis_failover import redis_failover, redis_failover_without_copies
from tests.chaos.redis_full import redis_full
from tests.chaos.redis_killed import redis_killed
from tests.servers.redis_server import MISSING, PROGRAM

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=MISSING)


async def test_what_redis_took_is_there_after_it_was_killed_and_work_goes_on_within_two_seconds(
    tmp_path: Path,
) -> None:
    """With `everysec`, which `make chaos` plays too, Redis holds writes back while a disk is slow."""
    assert (await redis_killed(1, tmp_path, fsync="always")).faults == []


async def test_a_failover_to_a_replica_that_lags_loses_nothing_that_was_taken(
    tmp_path: Path,
) -> None:
    assert (await redis_failover(1, tmp_path, copies=1)).faults == []


async def test_the_same_failover_loses_messages_where_no_copy_is_waited_for(tmp_path: Path) -> None:
    """The control: a run that could not fail would show nothing."""
    assert (await redis_failover_without_copies(1, tmp_path)).faults == []


async def test_a_redis_without_memory_refuses_whole_messages_and_is_drained(tmp_path: Path) -> None:
    assert (await redis_full(1, tmp_path)).faults == []


async def test_no_answer_reaches_the_wrong_caller_in_a_storm_of_cancelled_calls(
    tmp_path: Path,
) -> None:
    assert (await cancel_storm(1, tmp_path)).faults == []
