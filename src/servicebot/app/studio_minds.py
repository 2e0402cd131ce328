"""Processes that hold editions for the studio: begun when they are needed, gone when they are not."""

import asyncio
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from servicebot.domain.errors import UnavailableError
from servicebot.ports.clock import Clock
from servicebot.settings import Settings
from servicebot.studio.effect import PastQuestion
from servicebot.studio.judge import Judgement, Question
from servicebot.studio.minds import Done
from servicebot.studio.miss_groups import MissGroup
from servicebot.studio.why import Reason

_CHILD: Final = "servicebot.app.studio_child"
_PROCESSES: Final = 2
_CHUNK: Final = 250
_SMALL_CHUNK: Final = 100  # somebody watches how far it is
_IDLE_S: Final = 600.0  # then their memory goes back
_DEADLINE_S: Final = 900.0  # a fit from nothing takes minutes on a busy machine


class StudioMinds:
    """Shares questions out among two processes; neither is there while nobody asks."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._pool: ProcessPoolExecutor | None = None
        self._ending: asyncio.TimerHandle | None = None
        self._running = 0

    async def prepare(self, folder: Path) -> str:
        """Fits an edition where that is needed; the hash of its model."""
        model: str = await self._run("prepare", self._settings, folder)
        return model

    async def judge(
        self, folder: Path, questions: Sequence[Question], done: Done = lambda _: None
    ) -> tuple[Judgement, ...]:
        """What an edition makes of questions."""
        if len(questions) > _CHUNK:
            # One fits, not both; the other loads its libraries meanwhile.
            await asyncio.gather(self.prepare(folder), self._run("be_there"))
        through = 0

        async def judge(part: Sequence[Question]) -> tuple[Judgement, ...]:
            nonlocal through
            found: tuple[Judgement, ...] = await self._run(
                "judge", self._settings, folder, part, self._clock.now()
            )
            through += len(part)
            done(through)
            return found

        found = await asyncio.gather(*map(judge, _chunks(questions, _SMALL_CHUNK)))
        return tuple(one for part in found for one in part)

    async def why(self, folder: Path, question: Question) -> tuple[Reason, ...]:
        """What speaks for each topic that a question may mean."""
        now = self._clock.now()
        why: tuple[Reason, ...] = await self._run("why", self._settings, folder, question, now)
        return why

    async def compare(
        self, live: Path, draft: Path, questions: Sequence[Question], done: Done
    ) -> tuple[tuple[Judgement, Judgement], ...]:
        """What two editions make of the same questions."""
        await self.prepare(draft)
        through = 0

        async def compare(part: Sequence[Question]) -> tuple[tuple[Judgement, Judgement], ...]:
            nonlocal through
            folders, now = (live, draft), self._clock.now()
            pairs: tuple[tuple[Judgement, Judgement], ...] = await self._run(
                "compare", self._settings, folders, part, now
            )
            through += len(part)
            done(through)
            return pairs

        found = await asyncio.gather(*map(compare, _chunks(questions)))
        return tuple(pair for part in found for pair in part)

    async def group(self, folder: Path, misses: Sequence[PastQuestion]) -> tuple[MissGroup, ...]:
        """Missed questions, those that mean the same together."""
        now = self._clock.now()
        groups: tuple[MissGroup, ...] = await self._run(
            "group", self._settings, folder, misses, now
        )
        return groups

    async def close(self) -> None:
        """Ends the processes; what they were asked is given up."""
        if self._ending is not None:
            self._ending.cancel()
        self._end()

    async def _run(self, job: str, *arguments: object) -> Any:  # noqa: ANN401  what the job gives
        """Asks one of the processes.

        Raises:
            UnavailableError: It died, or took too long.
            ContentError: The edition cannot be used.
        """
        pool = self._begin()
        self._running += 1
        try:
            async with asyncio.timeout(_DEADLINE_S):
                return await asyncio.wrap_future(pool.submit(_in_child, job, *arguments))
        except BrokenProcessPool as error:
            if self._pool is pool:
                self._pool = None
            raise UnavailableError("The studio's process has died; try again.") from error
        except TimeoutError as error:
            raise UnavailableError("The studio's process takes too long.") from error
        finally:
            self._running -= 1
            self._end_when_idle()

    def _begin(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                _PROCESSES,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_in_child,
                initargs=("begin",),
            )
        return self._pool

    def _end_when_idle(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        loop = asyncio.get_running_loop()
        self._ending = loop.call_later(_IDLE_S, self._end) if not self._running else None

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


def _in_child(job: str, *arguments: object) -> Any:  # noqa: ANN401  what the job gives
    """Only there the model is loaded: here its libraries would lie for nothing."""
    return getattr(import_module(_CHILD), job)(*arguments)


def _chunks(questions: Sequence[Question], size: int = _CHUNK) -> list[Sequence[Question]]:
    return [questions[start : start + size] for start in range(0, len(questions), size)]
