"""Whoever listens first and looks then misses no ring."""

import asyncio

from servicebot.turns.bell import Bell


async def test_a_ring_between_looking_and_waiting_is_not_missed() -> None:
    bell = Bell()
    with bell.listen("a") as ring:
        bell.ring("a")
        assert await ring.wait(1.0)


async def test_a_ring_wakes_everybody_who_waits_for_that_name_only() -> None:
    bell = Bell()
    with bell.listen("a") as one, bell.listen("a") as two, bell.listen("b") as other:
        waiting = asyncio.gather(one.wait(1), two.wait(1), other.wait(0.05))
        await asyncio.sleep(0)
        bell.ring("a")
        assert list(await waiting) == [True, True, False]


async def test_nobody_who_left_is_kept() -> None:
    bell = Bell()
    with bell.listen("a"):
        pass
    bell.ring("a")
    with bell.listen("a") as ring:
        assert not await ring.wait(0.01)


async def test_one_ring_wakes_one_of_those_who_wait() -> None:
    bell = Bell()
    with bell.listen("a") as one, bell.listen("a") as two, bell.listen("a") as three:
        waiting = asyncio.gather(one.wait(0.05), two.wait(0.05), three.wait(0.05))
        await asyncio.sleep(0)
        bell.ring_one("a")
        assert sum(await waiting) == 1


async def test_each_of_several_rings_wakes_another() -> None:
    bell = Bell()
    with bell.listen("a") as one, bell.listen("a") as two, bell.listen("a") as three:
        waiting = asyncio.gather(one.wait(0.05), two.wait(0.05), three.wait(0.05))
        await asyncio.sleep(0)
        bell.ring_one("a")
        bell.ring_one("a")
        assert sum(await waiting) == 2


async def test_where_nobody_waits_a_ring_for_one_is_missed_by_nobody() -> None:
    bell = Bell()
    with bell.listen("a") as one, bell.listen("a") as two:
        bell.ring_one("a")  # each may have looked before, and waits next
        assert await one.wait(1)
        assert await two.wait(1)


async def test_a_ring_for_more_than_wait_reaches_those_who_do_not_wait_yet() -> None:
    bell = Bell()
    with bell.listen("a") as one, bell.listen("a") as two:
        waiting = asyncio.create_task(one.wait(1))
        await asyncio.sleep(0)
        bell.wake("a", 2)
        assert await waiting
        assert await two.wait(1)
