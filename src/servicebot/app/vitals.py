"""Whether this process does its work: its loops live, its stores answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from servicebot.domain.errors import ServicebotError

CHECK_S: Final = 2.0
LOOK_EVERY_S: Final = 1.0
_logger = logging.getLogger(__name__)


class Vitals:
    """Names what is wrong; empty where the process is ready."""

    def __init__(self) -> None:
        self._loops: dict[str, asyncio.Task[None]] = {}
        self._stops: list[Callable[[], None]] = []
        self._checks: dict[str, Callable[[], Awaitable[object]]] = {}
        self._looking = asyncio.Lock()
        self._looked_s = float("-inf")
        self._found: tuple[str, ...] = ()

    def watch(self, name: str, loop: asyncio.Task[None]) -> None:
        """Watches a loop that must not end before the process does."""
        self._loops[name] = loop
        loop.add_done_callback(lambda task: _tell_end(name, task))

    def at_stop(self, stop: Callable[[], None]) -> None:
        """What lets a loop finish, called for all of them at once when the process is to end."""
        self._stops.append(stop)

    def stop_all(self) -> None:
        """Lets every loop finish what is under way: side by side they are done sooner."""
        for stop in self._stops:
            stop()

    def forget(self, name: str) -> None:
        """The loop may end now."""
        self._loops.pop(name, None)

    def ask(self, name: str, check: Callable[[], Awaitable[object]]) -> None:
        """Something that must answer; an error of ours or silence means that it does not."""
        self._checks[name] = check

    async def lately(self) -> tuple[str, ...]:
        """The same, by a look at most a second old: whoever asks often makes no more work."""
        async with self._looking:
            now_s = asyncio.get_running_loop().time()
            if now_s - self._looked_s >= LOOK_EVERY_S:
                self._found = await self.waits_for()
                self._looked_s = asyncio.get_running_loop().time()
            return self._found

    async def waits_for(self) -> tuple[str, ...]:
        """What keeps the process from its work, in words."""
        dead = [f"{name} has stopped" for name, task in self._loops.items() if task.done()]
        silent = []
        for name, check in self._checks.items():
            try:
                async with asyncio.timeout(CHECK_S):
                    await check()
            except (ServicebotError, TimeoutError) as error:
                silent.append(f"{name} does not answer: {str(error) or 'silence'}")
        return (*dead, *silent)


def _tell_end(name: str, task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        _logger.critical("loop_died", extra={"loop": name}, exc_info=task.exception())
