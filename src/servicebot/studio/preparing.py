"""Fits editions in the background: whoever asks waits a little, and asks again."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from servicebot.studio.minds import Minds

WAIT_S: Final = 15.0  # well below what the server gives a request


@dataclass(slots=True)
class Preparing:
    """One fit for each edition, however often it is asked for."""

    minds: Minds
    _tasks: dict[Path, asyncio.Task[str]] = field(default_factory=dict)

    async def ready(self, folder: Path) -> bool:
        """Whether the edition can be asked now; it is being fitted where it cannot.

        Raises:
            ContentError: It cannot be used.
            UnavailableError: The processes do not answer.
        """
        task = self._tasks.get(folder)
        if task is None:
            task = self._tasks[folder] = asyncio.create_task(self.minds.prepare(folder))
        await asyncio.wait({task}, timeout=WAIT_S)
        if not task.done():
            return False
        self._tasks.pop(folder, None)
        task.result()
        return True

    async def close(self) -> None:
        """Gives up what is under way."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
