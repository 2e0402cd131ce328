"""The bell over all processes: a ring here is heard there, by publish and subscribe.

It is only for speed, like every bell: a ring that is lost is made up for by the next look at the
store.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from redis.exceptions import RedisError
from typing_extensions import override

from servicebot.adapters.in_redis.client import Client
from servicebot.adapters.in_redis.in_time import in_time
from servicebot.turns.bell import Bell

_AGAIN_S: Final = 0.5
_ALL: Final = "all "  # in front of a name; a number instead wakes so many
_logger = logging.getLogger(__name__)


class RedisBell(Bell):
    """Rings in this process at once, and in all others within a moment."""

    def __init__(self, redis: Client, name: str) -> None:
        super().__init__()
        self._redis = redis
        self._channel = f"{name}:bell"
        self._rung: set[str] = set()
        self._rung_one: Counter[str] = Counter()
        self._more = asyncio.Event()

    @override
    def ring(self, name: str) -> None:
        """Wakes everybody who waits for `name`, wherever they are."""
        super().ring(name)
        self._rung.add(name)  # many rings of one name before they are told are one
        self._more.set()

    @override
    def ring_one(self, name: str) -> None:
        """Wakes one who waits for `name` in every process; as many as rings come together."""
        super().ring_one(name)
        self._rung_one[name] += 1
        self._more.set()

    async def tell(self) -> None:
        """Tells the other processes what rang here, until it is cancelled."""
        while True:
            await self._more.wait()
            self._more.clear()
            rung, self._rung = self._rung, set()
            one, self._rung_one = self._rung_one, Counter()
            try:
                told = [f"{_ALL}{name}" for name in rung]
                told += [f"{count} {name}" for name, count in one.items()]
                await in_time(
                    asyncio.gather(*(self._redis.publish(self._channel, each) for each in told))
                )
            except (RedisError, OSError):
                _logger.warning("bell_not_told")
                await asyncio.sleep(_AGAIN_S)

    async def hear(self) -> None:
        """Rings here what rang elsewhere, until it is cancelled; connects again by itself."""
        while True:
            try:
                await self._listen()
            except (RedisError, OSError):
                _logger.warning("bell_not_heard")
                await asyncio.sleep(_AGAIN_S)

    async def _listen(self) -> None:
        heard = self._redis.pubsub(ignore_subscribe_messages=True)
        try:
            await in_time(heard.subscribe(self._channel))
            while True:
                message = await heard.get_message(timeout=1.0)
                if message is not None:
                    self._heard(message["data"].decode())
        finally:
            await heard.aclose()  # type: ignore[no-untyped-call]  # the client says nothing of it

    def _heard(self, told: str) -> None:
        count, _, name = told.partition(" ")
        if count.isdecimal():
            self.wake(name, int(count))
        else:
            super().ring(name)


@asynccontextmanager
async def open_redis_bell(redis: Client, name: str) -> AsyncIterator[RedisBell]:
    """A bell that tells and hears while the context is open."""
    bell = RedisBell(redis, name)
    tasks = [asyncio.create_task(bell.tell()), asyncio.create_task(bell.hear())]
    try:
        yield bell
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
