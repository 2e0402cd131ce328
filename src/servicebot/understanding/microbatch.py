"""Collects the messages of a moment into one batch and understands it in a thread."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import Final, Protocol, Self

from servicebot.domain.errors import UnavailableError
from servicebot.domain.understanding import Understanding
from servicebot.understanding.understand import Utterance

_RETRY_AFTER_S: Final = 1.0


class UnderstandsBatches(Protocol):
    """What the batcher drives: an `Understander`, or its twin in a test."""

    def understand(self, utterances: Sequence[Utterance]) -> tuple[Understanding, ...]:
        """Understands a batch, in order."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    utterances: Sequence[Utterance]
    answer: asyncio.Future[Sequence[Understanding]]


class MicroBatcher:
    """Keeps the event loop free: one worker thread, up to `max_batch` callers at a time.

    A lone caller is served at once, with as many texts as it brings; only when several are waiting
    does the batch stay open for `max_wait_s`, because then more are likely to come. Use it as an asynchronous context manager,
    or call `close` once.
    """

    def __init__(
        self,
        understander: UnderstandsBatches,
        *,
        max_batch: int = 32,
        max_wait_s: float = 0.002,
        deadline_s: float = 5.0,
    ) -> None:
        self._understander = understander
        self._max_batch = max_batch
        self._max_wait_s = max_wait_s
        self._deadline_s = deadline_s
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="understanding")
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def understand(self, utterance: Utterance) -> Understanding:
        """Understands one text; see `understand_all`."""
        return (await self.understand_all((utterance,)))[0]

    async def understand_all(self, utterances: Sequence[Utterance]) -> Sequence[Understanding]:
        """Understands the texts of one message together, in order.

        Raises:
            UnavailableError: It took longer than the deadline, or the batcher is closed.
        """
        if not utterances:
            return ()
        if self._closed:
            raise UnavailableError("understanding is shutting down", retry_after_s=_RETRY_AFTER_S)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work(), name="microbatch")
        answer: asyncio.Future[Sequence[Understanding]] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Waiting(utterances, answer))
        try:
            async with asyncio.timeout(self._deadline_s):
                return await answer
        except TimeoutError as error:
            problem = f"understanding took longer than {self._deadline_s} s"
            raise UnavailableError(problem, retry_after_s=_RETRY_AFTER_S) from error

    async def close(self) -> None:
        """Stops taking messages, lets the running batch end and refuses those still waiting."""
        self._closed = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        while not self._queue.empty():
            _refuse([self._queue.get_nowait()], UnavailableError("understanding was closed"))
        await asyncio.to_thread(self._thread.shutdown)

    async def _work(self) -> None:
        while True:
            batch = [await self._queue.get()]
            try:
                await self._fill(batch)
                await self._answer(batch)
            except asyncio.CancelledError:
                _refuse(batch, UnavailableError("understanding was closed"))
                raise

    async def _fill(self, batch: list[_Waiting]) -> None:
        """Adds what is there and, in a crowd, what comes within the short wait."""
        while len(batch) < self._max_batch and not self._queue.empty():
            batch.append(self._queue.get_nowait())
        if len(batch) == 1:
            return
        try:
            async with asyncio.timeout(self._max_wait_s):
                while len(batch) < self._max_batch:
                    batch.append(await self._queue.get())
        except TimeoutError:
            return

    async def _answer(self, batch: list[_Waiting]) -> None:
        asked = [waiting for waiting in batch if not waiting.answer.done()]
        utterances = [one for waiting in asked for one in waiting.utterances]
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(self._thread, self._understander.understand, utterances)
        try:
            answers = iter(await running)
        except Exception as error:  # noqa: BLE001 - each sender gets it, the worker lives on
            _refuse(asked, error)
            return
        for waiting in asked:
            answer = tuple(islice(answers, len(waiting.utterances)))
            if not waiting.answer.done():
                waiting.answer.set_result(answer)


def _refuse(batch: Sequence[_Waiting], error: Exception) -> None:
    for waiting in batch:
        if not waiting.answer.done():
            waiting.answer.set_exception(error)
