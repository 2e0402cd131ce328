"""How long a message that comes now would wait: what waits, by what is handled a second."""

import math
from typing import Final

from servicebot.ports.mailbox import Load

FIRST_PER_S: Final = 40.0  # what two cores handle (docs/reliability.md, S1), until it is measured
_LEAST_PER_S: Final = 0.5
_REMEMBERS_S: Final = 2.0  # the rate is one of the last seconds, so that one slow batch says little
_STALE_S: Final = 3.0  # two looks further apart say nothing of the rate
_TOO_CLOSE_S: Final = 0.05  # nor do two that are closer


class Pace:
    """Learns from looks at the mailbox how fast its workers are.

    Only while something waited all the time does the growth of what was handled show what the
    workers can do; of an idle mailbox it shows only what was asked.
    """

    def __init__(self) -> None:
        self._per_s = FIRST_PER_S
        self._waiting = 0
        self._last: tuple[float, Load] | None = None

    @property
    def per_s(self) -> float:
        """Messages a second, as far as it is known."""
        return self._per_s

    @property
    def waiting(self) -> int:
        """What waits, by the last look and what came since."""
        return self._waiting

    def look(self, at_s: float, load: Load) -> None:
        """Takes a look at the mailbox, `at_s` in monotonic seconds."""
        if self._last is not None:
            self._learn(at_s - self._last[0], self._last[1], load)
        self._last = (at_s, load)
        self._waiting = load.waiting

    def came(self) -> None:
        """One more waits."""
        self._waiting += 1

    def wait_s(self) -> float:
        """How long what waits takes."""
        return self._waiting / self._per_s

    def _learn(self, seconds: float, before: Load, now: Load) -> None:
        if not _TOO_CLOSE_S <= seconds <= _STALE_S:
            return
        seen = max(now.handled - before.handled, 0) / seconds
        busy = before.waiting > 0 and now.waiting > 0
        if busy or seen > self._per_s:
            new = 1 - math.exp(-seconds / _REMEMBERS_S)
            mixed = new * seen + (1 - new) * self._per_s
            self._per_s = max(mixed, _LEAST_PER_S)
