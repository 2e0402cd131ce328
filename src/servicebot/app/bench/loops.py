"""The two ways of sending: at a rate whatever the server does, or as fast as it answers."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol

THINKS_S: Final = 2.0  # between two messages of one customer in the open loop


class Posts(Protocol):
    """Whoever sends one message."""

    async def post(self, line: int, said: int, text: str) -> bool:
        """Sends message number `said` of a line of talk; whether it went well."""


@dataclass(slots=True)
class Taken:
    """What was measured, one value a message, in the order of the ends.

    Attributes:
        intended_s: When it was to be sent, from the beginning of the run.
        took_ms: From then to the answer; an error's is not among `fine`.
        late_ms: From then to when it was really sent: what the generator itself cost.
        fine: Whether it was answered.
        seconds: How long the whole run took, until the last answer.
    """

    intended_s: list[float] = field(default_factory=list)
    took_ms: list[float] = field(default_factory=list)
    late_ms: list[float] = field(default_factory=list)
    fine: list[bool] = field(default_factory=list)
    seconds: float = 0.0


Step = Callable[[], object]


async def open_loop(
    poster: Posts, times_s: Iterable[float], rate: float, texts: Iterator[str], step: Step
) -> Taken:
    """Sends at the intended times; each latency counts from then, also where it was sent late.

    A slow server therefore cannot hide: what waits behind its slow answers is measured, too.
    """
    taken, lines = Taken(), max(round(rate * THINKS_S), 1)
    begun = time.perf_counter()

    async def send(number: int, intended_s: float) -> None:
        late_s = time.perf_counter() - begun - intended_s
        fine = await poster.post(number % lines, number // lines, next(texts))
        _note(taken, intended_s, time.perf_counter() - begun - intended_s, late_s, fine=fine)
        step()

    async with asyncio.TaskGroup() as group:
        for number, intended_s in enumerate(times_s):
            wait_s = intended_s - (time.perf_counter() - begun)
            await asyncio.sleep(max(wait_s, 0.0))
            group.create_task(send(number, intended_s))
    taken.seconds = time.perf_counter() - begun
    return taken


async def closed_loop(
    poster: Posts, messages: int, senders: int, texts: Iterator[str], step: Step
) -> Taken:
    """So many senders, each with its next message once the last was answered."""
    taken, left = Taken(), iter(range(messages))
    begun = time.perf_counter()

    async def send(sender: int) -> None:
        for said, _ in enumerate(left):
            sent_s = time.perf_counter() - begun
            fine = await poster.post(sender, said, next(texts))
            _note(taken, sent_s, time.perf_counter() - begun - sent_s, 0.0, fine=fine)
            step()

    async with asyncio.TaskGroup() as group:
        for sender in range(senders):
            group.create_task(send(sender))
    taken.seconds = time.perf_counter() - begun
    return taken


def _note(taken: Taken, intended_s: float, took_s: float, late_s: float, *, fine: bool) -> None:
    taken.intended_s.append(intended_s)
    taken.took_ms.append(took_s * 1000)
    taken.late_ms.append(late_s * 1000)
    taken.fine.append(fine)
