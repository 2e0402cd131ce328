"""What runs beside the HTTP server: workers, senders, and jobs that repeat."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, Protocol

from servicebot.app.vitals import Vitals
from servicebot.domain.errors import UnavailableError
from servicebot.ports.shared import Shared

STOP_WITHIN_S: Final = 15.0
_logger = logging.getLogger(__name__)


class Stoppable(Protocol):
    """Workers and senders."""

    def run(self, count: int) -> Coroutine[Any, Any, None]:
        """Works until `stop`."""

    def stop(self) -> None:
        """Lets what is under way end."""


@asynccontextmanager
async def running(
    crew: Stoppable, count: int, *, name: str = "crew", vitals: Vitals | None = None
) -> AsyncIterator[None]:
    """Runs a crew while the context is open; at its end gives it time to finish."""
    task = asyncio.create_task(crew.run(count))
    watching = vitals or Vitals()
    watching.watch(name, task)
    watching.at_stop(lambda: watching.forget(name))
    watching.at_stop(crew.stop)
    try:
        yield
    finally:
        watching.forget(name)
        crew.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_WITHIN_S):
                await task


@asynccontextmanager
async def repeating(
    every_s: float,
    job: Callable[[], Awaitable[object]],
    *,
    name: str = "job",
    vitals: Vitals | None = None,
) -> AsyncIterator[None]:
    """Runs a job again and again while the context is open; a failed run is logged."""

    async def repeat() -> None:
        while True:
            try:
                await job()
            except Exception:  # the next run may do what this one could not
                _logger.exception("job_failed", extra={"job": name})
            await asyncio.sleep(every_s)

    task = asyncio.create_task(repeat())
    watching = vitals or Vitals()
    watching.watch(name, task)
    try:
        yield
    finally:
        watching.forget(name)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def by_one(
    shared: Shared, name: str, every_s: float, job: Callable[[], Awaitable[object]]
) -> Callable[[], Awaitable[object]]:
    """The job, done by one process at a time of many: whoever is first in a round does it.

    It only saves work: every job may run twice at once. So where the lot cannot be drawn, because
    the store has no memory left for it, the job is done: it may be the one that frees some.
    """

    async def first() -> None:
        try:
            mine = await shared.put_new(f"job/{name}", b"1", 0.9 * every_s)
        except UnavailableError:
            mine = True
        if mine:
            await job()

    return first
