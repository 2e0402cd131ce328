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
