"""Wakes whoever waits for something in this process; the stores stay the truth."""

import asyncio
from collections import defaultdict
from typing import Self


class Bell:
    """Rings by name. A ring nobody waits for is lost, so waiters look first and wait then."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def ring(self, name: str) -> None:
        """Wakes everybody who waits for `name`."""
        for event in self._waiting.get(name, ()):
            event.set()

    def listen(self, name: str) -> "Listening":
        """Starts listening; use it as a context, look at the store inside, then wait."""
        return Listening(self._waiting, name)


class Listening:
    """One waiter; rings since it entered or since the last wait are not missed."""

    def __init__(self, waiting: defaultdict[str, set[asyncio.Event]], name: str) -> None:
        self._waiting = waiting
        self._name = name
        self._event = asyncio.Event()

    def __enter__(self) -> Self:
        self._waiting[self._name].add(self._event)
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting[self._name].discard(self._event)
        if not self._waiting[self._name]:
            del self._waiting[self._name]

    async def wait(self, at_most_s: float) -> bool:
        """Waits for a ring, at most so long; True when it rang."""
        try:
            async with asyncio.timeout(at_most_s):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True
