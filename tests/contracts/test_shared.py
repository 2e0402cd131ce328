"""What every store of shared values promises."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.contracts.settable_clock import SettableClock
from tests.sealing import SEAL
from tests.servers.redis_server import MISSING, PROGRAM, redis_url

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.adapters.in_redis.shared import RedisShared
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.in_sqlite.shared import SqliteShared
from servicebot.ports.shared import Shared
from servicebot.settings import RedisStore

Wait = Callable[[float], Awaitable[None]]


@pytest.fixture(
    params=[
        "in_process",
        "in_sqlite",
        pytest.param("in_redis", marks=pytest.mark.skipif(PROGRAM is None, reason=MISSING)),
    ]
)
async def shared(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[tuple[Shared, Wait]]:
    clock = SettableClock()

    async def advance(seconds: float) -> None:
        clock.advance(seconds)

    if request.param == "in_process":
        yield InProcessShared(clock), advance
        return
    if request.param == "in_sqlite":
        with closing(open_sqlite_ledger(tmp_path / "mailbox.db", clock, SEAL)) as embedded:
            yield SqliteShared(embedded.database, clock), advance
        return
    options = RedisStore(url=redis_url(), name=f"test-{tmp_path}")
    async with open_redis_ledger(options, SEAL) as ledger:
        yield RedisShared(ledger.redis, f"test-{tmp_path}"), asyncio.sleep


async def test_a_value_lives_as_long_as_it_was_put_for(shared: tuple[Shared, Wait]) -> None:
    store, wait = shared
    assert await store.get("a") is None
    await store.put("a", b"1", 0.2)
    await store.put("b", b"2", None)
    assert await store.get("a") == b"1"
    await wait(0.25)
    assert await store.get("a") is None
    assert await store.get("b") == b"2"
    await store.forget("b", "never")
    assert await store.get("b") is None


async def test_of_many_who_put_a_new_value_one_wins(shared: tuple[Shared, Wait]) -> None:
    store, wait = shared
    won = await asyncio.gather(*(store.put_new("job", b"x", 60.0) for _ in range(50)))
    assert won.count(True) == 1
    assert await store.put_new("other", b"x", 0.2)
    await wait(0.25)
    assert await store.put_new("other", b"x", None)


async def test_a_counter_counts_everybody_and_ends_after_the_last(
    shared: tuple[Shared, Wait],
) -> None:
    store, wait = shared
    counts = await asyncio.gather(*(store.count("tries", 0.2) for _ in range(20)))
    assert sorted(counts) == list(range(1, 21))
    await wait(0.25)
    assert await store.count("tries", 0.2) == 1


async def test_a_window_begins_with_the_first_and_later_ones_do_not_lengthen_it(
    shared: tuple[Shared, Wait],
) -> None:
    store, wait = shared
    counts = await asyncio.gather(*(store.count_within("tries", 1.5) for _ in range(20)))
    assert sorted(count for count, _ in counts) == list(range(1, 21))
    assert all(0 < left_s <= 1.5 for _, left_s in counts)
    await wait(0.5)
    count, left_s = await store.count_within("tries", 1.5)
    assert (count, left_s <= 1.0) == (21, True)
    await wait(1.1)
    assert (await store.count_within("tries", 1.5))[0] == 1
    await store.forget("tries")
    assert (await store.count_within("tries", 1.5))[0] == 1


async def test_a_group_has_its_members_until_they_leave_or_it_ends(
    shared: tuple[Shared, Wait],
) -> None:
    store, wait = shared
    for member in ("a", "b"):
        await store.join("here", member, 0.2)
    assert await store.members("here") == {"a", "b"}
    await store.leave("here", "a")
    assert await store.members("here") == {"b"}
    await wait(0.25)
    assert await store.members("here") == frozenset()
    await store.join("here", "c", 1.0)
    assert await store.members("here") == {"c"}
