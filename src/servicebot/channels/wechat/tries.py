"""The platform's tries of one message: it sends again after 5 s without an answer, 3 times in all.

Its newest try is the one whose answer counts. A try that comes after an answer was written says
that the answer never arrived, so the same words are said again.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from servicebot.ports.clock import Clock

KEEP_S: Final = 60.0  # three tries take about 15 s
RETRY_AFTER_S: Final = 4.0  # the platform waits 5 s; copies that come earlier are no retries


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One delivery of a message."""

    message_id: str
    number: int
    at_s: float


@dataclass(slots=True)
class _Seen:
    first_s: float
    newest: int = 0
    said: str | None = None


class Tries:
    """What this process saw of the last minute."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: OrderedDict[str, _Seen] = OrderedDict()

    def enter(self, message_id: str) -> Try:
        """Counts a delivery of a message."""
        now_s = self._clock.monotonic_s()
        self._forget(now_s)
        seen = self._seen.setdefault(message_id, _Seen(now_s))
        seen.newest += 1
        return Try(message_id=message_id, number=seen.newest, at_s=now_s)

    def is_newest(self, one: Try) -> bool:
        """Whether no later delivery of the message came."""
        seen = self._seen.get(one.message_id)
        return seen is None or seen.newest == one.number

    def said(self, one: Try, text: str) -> None:
        """Remembers what was answered."""
        if one.message_id in self._seen:
            self._seen[one.message_id].said = text

    def said_before(self, one: Try) -> str | None:
        """What an earlier try was answered, where this one is the platform's retry."""
        seen = self._seen.get(one.message_id)
        if seen is None or one.at_s - seen.first_s < RETRY_AFTER_S:
            return None
        return seen.said

    def _forget(self, now_s: float) -> None:
        while self._seen:
            message_id, oldest = next(iter(self._seen.items()))
            if now_s - oldest.first_s < KEEP_S:
                return
            del self._seen[message_id]
