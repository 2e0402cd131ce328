"""What every store of token buckets promises."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.settable_clock import SettableClock
from tests.sealing import SEAL
from tests.servers.redis_server import MISSING, PROGRAM, redis_url

from servicebot.adapters.in_process.buckets import InProcessBuckets
from servicebot.adapters.in_redis.buckets import RedisBuckets
from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.domain.rates import Rate
from servicebot.ports.buckets import Buckets
from servicebot.settings import RedisStore

RATE = Rate(per_s=2, at_once=5)


@pytest.fixture(
    params=[
        "in_process",
        pytest.param("in_redis", marks=pytest.mark.skipif(PROGRAM is None, reason=MISSING)),
    ]
)
async def opened(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[tuple[Buckets, SettableClock]]:
    clock = SettableClock()
    if request.param == "in_process":
        yield InProcessBuckets(clock), clock
        return
    store = RedisStore(url=redis_url(), name=f"test-{tmp_path}")
    async with open_redis_ledger(store, SEAL, clock) as ledger:
        yield RedisBuckets(ledger.scripts, ledger.partitions), clock


async def test_a_full_bucket_gives_its_size_at_once_and_then_at_its_rate(
    opened: tuple[Buckets, SettableClock],
) -> None:
    buckets, clock = opened
    assert [await buckets.take("a", RATE) for _ in range(5)] == [0.0] * 5
    assert await buckets.take("a", RATE) == pytest.approx(0.5, abs=0.01)
    assert await buckets.take("b", RATE) == 0.0
    clock.advance(0.5)
    assert await buckets.take("a", RATE) == 0.0
    assert await buckets.take("a", RATE) > 0


async def test_who_is_refused_takes_nothing_so_the_wait_does_not_grow(
    opened: tuple[Buckets, SettableClock],
) -> None:
    buckets, clock = opened
    waits = [await buckets.take("a", RATE) for _ in range(50)]
    assert max(waits) == pytest.approx(0.5, abs=0.01)
    clock.advance(60)
    assert [await buckets.take("a", RATE) for _ in range(6)].count(0.0) == 5


async def test_many_at_once_get_no_more_than_the_bucket_holds(
    opened: tuple[Buckets, SettableClock],
) -> None:
    buckets, _ = opened
    waits = await asyncio.gather(*(buckets.take("crowd", RATE) for _ in range(40)))
    assert waits.count(0.0) == 5


@pytest.mark.skipif(PROGRAM is None, reason=MISSING)
async def test_a_bucket_on_redis_ends_when_it_is_full_again(tmp_path: Path) -> None:
    store = RedisStore(url=redis_url(), name=f"test-{tmp_path}")
    async with open_redis_ledger(store, SEAL) as ledger:
        buckets = RedisBuckets(ledger.scripts, ledger.partitions)
        for number in range(200):
            assert await buckets.take(f"address-{number}", Rate(per_s=20, at_once=5)) == 0.0
        await asyncio.sleep(0.2)
        left = [key async for key in ledger.redis.scan_iter(match=f"{store.name}*bucket*")]
        assert left == []


async def test_ever_new_names_do_not_fill_the_memory() -> None:
    clock = SettableClock()
    buckets = InProcessBuckets(clock, most_names=1_000)
    for number in range(5_000):
        await buckets.take(f"address-{number}", Rate(per_s=0.01, at_once=5))
    assert len(buckets) == 1_000
    clock.advance(1_000)
    for _ in range(1_000):
        await buckets.take("one", Rate(per_s=1_000, at_once=5_000))
    assert len(buckets) <= 2


@given(
    per_s=st.floats(0.1, 50),
    at_once=st.integers(1, 20),
    pauses=st.lists(st.floats(0, 3), min_size=1, max_size=60),
)
def test_in_no_stretch_of_time_more_is_given_than_the_rate_says(
    per_s: float, at_once: int, pauses: list[float]
) -> None:
    clock, rate = SettableClock(), Rate(per_s=per_s, at_once=at_once)
    buckets, given_at = InProcessBuckets(clock), []
    for pause in pauses:
        clock.advance(pause)
        wait_s = buckets.take_now("a", rate)
        assert wait_s <= 1 / per_s + 1e-6
        if not wait_s:
            given_at.append(clock.monotonic_s())
    for first, begun in enumerate(given_at):
        for last in range(first, len(given_at)):
            most = at_once + per_s * (given_at[last] - begun)
            assert last - first + 1 <= most + 1e-6
