"""Wakes whoever waits for something in this process; the stores stay the truth."""

import asyncio
from collections import defaultdict
from typing import Self


class Bell:
    """Rings by name. A ring nobody waits for is lost, so waiters look first and wait then."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[Listening]] = defaultdict(set)

    def ring(self, name: str) -> None:
        """Wakes everybody who waits for `name`."""
        for one in self._waiting.get(name, ()):
            one.wake()

    def ring_one(self, name: str) -> None:
        """Wakes one who waits for `name`: there is something for one."""
        self.wake(name, 1)

    def wake(self, name: str, count: int) -> None:
        """Wakes so many in this process: each of them will look.

        Where too few are waiting, all the others look once more before they wait: one of them may
        have looked just before there was something to see.
        """
        listening = self._waiting.get(name, set())
        idle = [one for one in listening if one.idle]
        for one in idle[:count] if len(idle) >= count else listening:
            one.wake()

    def listen(self, name: str) -> "Listening":
        """Starts listening; use it as a context, look at the store inside, then wait."""
        return Listening(self._waiting, name)


class Listening:
    """One waiter; rings since it entered or since the last wait are not missed."""

    def __init__(self, waiting: defaultdict[str, set["Listening"]], name: str) -> None:
        self._waiting = waiting
        self._name = name
        self._event = asyncio.Event()
        self._waits = False

    def __enter__(self) -> Self:
        self._waiting[self._name].add(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting[self._name].discard(self)
        if not self._waiting[self._name]:
            del self._waiting[self._name]

    @property
    def idle(self) -> bool:
        """Whether it waits and nobody has woken it."""
        return self._waits and not self._event.is_set()

    def wake(self) -> None:
        """Ends its wait, or the next one at once."""
        self._event.set()

    async def wait(self, at_most_s: float) -> bool:
        """Waits for a ring, at most so long; True when it rang."""
        self._waits = True
        try:
            async with asyncio.timeout(at_most_s):
                await self._event.wait()
        except TimeoutError:
            return False
        finally:
            self._waits = False
        self._event.clear()
        return True
