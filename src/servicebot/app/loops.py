"""What runs beside the HTTP server: workers, senders, and jobs that repeat."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, Protocol

STOP_WITHIN_S: Final = 20.0
_logger = logging.getLogger(__name__)


class Stoppable(Protocol):
    """Workers and senders."""

    def run(self, count: int) -> Coroutine[Any, Any, None]:
        """Works until `stop`."""

    def stop(self) -> None:
        """Lets what is under way end."""


@asynccontextmanager
async def running(crew: Stoppable, count: int) -> AsyncIterator[None]:
    """Runs a crew while the context is open; at its end gives it time to finish."""
    task = asyncio.create_task(crew.run(count))
    try:
        yield
    finally:
        crew.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_WITHIN_S):
                await task


@asynccontextmanager
async def repeating(every_s: float, job: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """Runs a job again and again while the context is open; a failed run is logged."""

    async def repeat() -> None:
        while True:
            try:
                await job()
            except Exception:  # the next run may do what this one could not
                _logger.exception("job_failed")
            await asyncio.sleep(every_s)

    task = asyncio.create_task(repeat())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
