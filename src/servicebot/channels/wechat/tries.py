"""The platform's tries of one message: it sends again after 5 s without an answer, 3 times in all.

Its newest try is the one whose answer counts, whichever process it came to. A try that comes after
an answer was written says that the answer never arrived, so the same words are said again.
"""

from dataclasses import dataclass
from typing import Final

from servicebot.ports.clock import Clock
from servicebot.ports.shared import Shared

KEEP_S: Final = 60.0  # three tries take about 15 s
RETRY_AFTER_S: Final = 4.0  # the platform waits 5 s; copies that come earlier are no retries


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One delivery of a message."""

    message_id: str
    number: int
    at_s: float


class Tries:
    """What all processes saw of the last minute."""

    def __init__(self, shared: Shared, clock: Clock) -> None:
        self._shared = shared
        self._clock = clock

    async def enter(self, message_id: str) -> Try:
        """Counts a delivery of a message."""
        at_s = self._clock.now().timestamp()
        number = await self._shared.count(_count(message_id), KEEP_S)
        if number == 1:
            await self._shared.put(_first(message_id), repr(at_s).encode(), KEEP_S)
        return Try(message_id=message_id, number=number, at_s=at_s)

    async def is_newest(self, one: Try) -> bool:
        """Whether no later delivery of the message came."""
        newest = await self._shared.get(_count(one.message_id))
        return newest is None or int(newest) == one.number

    async def said(self, one: Try, text: str) -> None:
        """Remembers what was answered."""
        await self._shared.put(_said(one.message_id), text.encode(), KEEP_S)

    async def said_before(self, one: Try) -> str | None:
        """What an earlier try was answered, where this one is the platform's retry."""
        first = await self._shared.get(_first(one.message_id))
        if first is None or one.at_s - float(first) < RETRY_AFTER_S:
            return None
        said = await self._shared.get(_said(one.message_id))
        return said.decode() if said is not None else None


def _count(message_id: str) -> str:
    return f"wechat/tries/{message_id}"


def _first(message_id: str) -> str:
    return f"wechat/first/{message_id}"


def _said(message_id: str) -> str:
    return f"wechat/said/{message_id}"
