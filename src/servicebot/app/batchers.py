"""The model's threads: one for each edition that turns are still handled by."""

import asyncio
from types import TracebackType
from typing import Final, Self

from servicebot.understanding.microbatch import MicroBatcher
from servicebot.understanding.understand import Understander

# Longer than any turn: the bank's deadlines are 60 s at most.
_ENDS_AFTER_S: Final = 90.0


class Batchers:
    """Begins one for each edition; the one before ends once no turn can be using it."""

    def __init__(self) -> None:
        self._current: MicroBatcher | None = None
        self._ending: dict[asyncio.Task[None], MicroBatcher] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        left = [*self._ending.values(), *filter(None, [self._current])]
        for task in tuple(self._ending):
            task.cancel()
        await asyncio.gather(*(batcher.close() for batcher in left))

    def begin(self, understander: Understander) -> tuple[MicroBatcher, str]:
        """The thread of a new edition, and the hash of its model."""
        before, self._current = self._current, MicroBatcher(understander)
        if before is not None:
            task = asyncio.create_task(self._end(before))
            self._ending[task] = before
        return self._current, understander.model_hash

    async def _end(self, batcher: MicroBatcher) -> None:
        await asyncio.sleep(_ENDS_AFTER_S)
        await batcher.close()
        self._ending = {task: one for task, one in self._ending.items() if one is not batcher}
