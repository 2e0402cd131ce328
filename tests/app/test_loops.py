"""Jobs beside the server go on after a failure and end with it."""

import asyncio

from typing_extensions import override

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.loops import by_one, repeating, running
from servicebot.domain.errors import UnavailableError


async def test_a_failed_run_does_not_end_the_job() -> None:
    runs = 0
    enough = asyncio.Event()

    async def job() -> None:
        nonlocal runs
        runs += 1
        if runs == 3:
            enough.set()
        raise (UnavailableError("not now") if runs % 2 else ValueError("a fault"))

    async with repeating(0.001, job), asyncio.timeout(5):
        await enough.wait()
    stopped_at = runs
    await asyncio.sleep(0.02)
    assert runs == stopped_at


async def test_a_crew_is_told_to_stop_and_waited_for() -> None:
    class Crew:
        def __init__(self) -> None:
            self.stopping = asyncio.Event()
            self.finished = False

        async def run(self, count: int) -> None:
            assert count == 2
            await self.stopping.wait()
            await asyncio.sleep(0.01)
            self.finished = True

        def stop(self) -> None:
            self.stopping.set()

    crew = Crew()
    async with running(crew, 2):
        pass
    assert crew.finished


async def test_one_of_many_does_a_job_and_anybody_where_no_lot_can_be_drawn() -> None:
    """Redis without memory takes no lot; the archive, which frees memory, must run all the same."""

    class Full(InProcessShared):
        full = False

        @override
        async def put_new(self, name: str, value: bytes, ttl_s: float | None) -> bool:
            if self.full:
                raise UnavailableError("OOM command not allowed")
            return await super().put_new(name, value, ttl_s)

    shared, runs = Full(SystemClock()), 0

    async def job() -> None:
        nonlocal runs
        runs += 1

    once = by_one(shared, "archive", 60.0, job)
    await once()
    await once()
    assert runs == 1
    shared.full = True
    await once()
    assert runs == 2
