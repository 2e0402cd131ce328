"""Workers die and stand still while chats go on: everything happens once and in order."""

from pathlib import Path

import pytest
from tests.chaos.kill_workers import Size, kill_workers
from tests.servers.redis_server import MISSING, PROGRAM, redis_url

STORES = [
    "sqlite",
    pytest.param("redis", marks=pytest.mark.skipif(PROGRAM is None, reason=MISSING)),
]

# `make chaos` plays a thousand messages, and many seeds.
SHORT = Size(chats=40, messages=12)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("store", STORES)
async def test_every_effect_happens_once_and_in_order_while_workers_die(
    store: str, tmp_path: Path
) -> None:
    url = redis_url() if store == "redis" else ""
    outcome = await kill_workers(1, url, tmp_path, size=SHORT)
    assert outcome.faults == []
    assert outcome.kills + outcome.stops >= 3
    assert outcome.entries == 480


@pytest.mark.timeout(180)
@pytest.mark.parametrize("store", STORES)
async def test_without_the_fence_the_same_run_fails(store: str, tmp_path: Path) -> None:
    """The control: a run that could not fail would show nothing."""
    url = redis_url() if store == "redis" else ""
    for seed in range(10):
        folder = tmp_path / str(seed)
        folder.mkdir()
        size = Size(chats=12, messages=20, stops=0.9)
        if (await kill_workers(seed, url, folder, size=size, fenced=False)).faults:
            return
    pytest.fail("ten runs without a fence showed no fault")


@pytest.mark.timeout(180)
@pytest.mark.parametrize("store", STORES)
async def test_workers_whose_wall_clocks_jump_by_an_hour_do_everything_once_too(
    store: str, tmp_path: Path
) -> None:
    """Leases and waits are monotonic in a file, and Redis tells its own time."""
    url = redis_url() if store == "redis" else ""
    outcome = await kill_workers(2, url, tmp_path, size=SHORT, jumping=True)
    assert outcome.faults == []
    assert outcome.entries == 480
