"""The turnstile: a few each round, in their order, and nobody is forgotten."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from servicebot.web.turnstile import Turnstile


@given(each_round=st.integers(1, 9), crowd=st.integers(1, 60), leavers=st.sets(st.integers(0, 59)))
def test_all_pass_in_their_order_a_few_each_round(
    each_round: int, crowd: int, leavers: set[int]
) -> None:
    passed: list[tuple[int, int]] = []

    async def play() -> None:
        turnstile, rounds = Turnstile(each_round), 0

        async def one(number: int) -> None:
            await turnstile.pass_through("one")
            passed.append((rounds, number))

        tasks = [asyncio.create_task(one(number)) for number in range(crowd)]
        while not all(task.done() for task in tasks):
            await asyncio.sleep(0)
            rounds += 1
            if rounds == 1:
                for number in leavers & set(range(crowd)):
                    tasks[number].cancel()
            assert rounds < 10 * crowd + 10
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(play())
    numbers = [number for _, number in passed]
    assert numbers == sorted(numbers)
    assert set(range(crowd)) - set(numbers) <= leavers
    in_round = [sum(1 for at, _ in passed if at == one) for one, _ in passed]
    assert max(in_round, default=0) <= each_round


async def test_who_comes_alone_does_not_wait() -> None:
    turnstile, ticks = Turnstile(2), 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0)

    ticking = asyncio.create_task(tick())
    await turnstile.pass_through("one")
    assert ticks == 0
    ticking.cancel()
    await asyncio.gather(ticking, return_exceptions=True)


async def test_who_comes_from_elsewhere_does_not_stand_behind_a_crowd() -> None:
    turnstile, passed = Turnstile(2), []

    async def one(who: str) -> None:
        await turnstile.pass_through(who)
        passed.append(who)

    crowd = [asyncio.create_task(one("crowd")) for _ in range(100)]
    await asyncio.sleep(0)
    await one("customer")
    assert len(passed) < 10
    await asyncio.gather(*crowd)
