"""Token buckets, where there is one process.

A bucket is one number, the instant at which it is full again (the generic cell rate algorithm). The
names are kept in the order of their last use, and above a bound the one unused for longest goes.
"""

from collections import OrderedDict
from typing import Final

from servicebot.domain.rates import Rate
from servicebot.ports.clock import Clock

MOST_NAMES: Final = 65_536  # some 10 MB
_ROUNDING_S: Final = 1e-9
_LOOK_AT: Final = 2  # full ones dropped with each new name, so that the table shrinks by itself


class InProcessBuckets:
    """Buckets in memory; full again with a new process."""

    def __init__(self, clock: Clock, *, most_names: int = MOST_NAMES) -> None:
        self._clock = clock
        self._most_names = most_names
        self._full_at_s: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        """How many names are kept."""
        return len(self._full_at_s)

    async def take(self, name: str, rate: Rate) -> float:
        """Takes one."""
        return self.take_now(name, rate)

    def take_now(self, name: str, rate: Rate) -> float:
        """The same for callers that cannot wait."""
        now_s = self._clock.monotonic_s()
        full_at_s = max(self._full_at_s.get(name, now_s), now_s) + 1 / rate.per_s
        wait_s = full_at_s - now_s - rate.at_once / rate.per_s
        if wait_s > _ROUNDING_S:
            return wait_s
        self._full_at_s[name] = full_at_s
        self._full_at_s.move_to_end(name)
        self._forget(now_s)
        return 0.0

    def _forget(self, now_s: float) -> None:
        """Drops what is full again, and above the bound the longest unused."""
        for _ in range(_LOOK_AT):
            name = next(iter(self._full_at_s))
            if self._full_at_s[name] > now_s:
                break
            del self._full_at_s[name]
        while len(self._full_at_s) > self._most_names:
            self._full_at_s.popitem(last=False)
