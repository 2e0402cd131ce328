"""A circuit breaker: a bank that does not answer is left alone for a while.

closed --(failures in a row)--> open --(wait)--> one probe --ok--> closed
                                  ^------------------fail----'
"""

from servicebot.domain.errors import NotSentError
from servicebot.ports.clock import Clock


class Circuit:
    """Counts failures in a row; used from one event loop."""

    def __init__(self, clock: Clock, *, failures: int = 5, open_s: float = 10.0) -> None:
        """Opens after `failures` in a row for `open_s` seconds."""
        self._clock = clock
        self._most = failures
        self._open_s = open_s
        self._failures = 0
        self._opened_at: float | None = None
        self._probing = False

    def enter(self) -> None:
        """Asks to make a call; `succeeded`, `failed` or `left` must follow.

        Raises:
            NotSentError: The circuit is open, or its one probe is under way.
        """
        if self._opened_at is None:
            return
        left = self._opened_at + self._open_s - self._clock.monotonic_s()
        if left > 0 or self._probing:
            raise NotSentError("The bank did not answer lately.", retry_after_s=max(left, 0.1))
        self._probing = True

    def succeeded(self) -> None:
        """The bank answered, be it with a refusal."""
        self._failures = 0
        self._opened_at = None
        self._probing = False

    def left(self) -> None:
        """The call was not made after all, which says nothing of the bank."""
        self._probing = False

    def failed(self) -> None:
        """The bank did not answer in time, or with nonsense."""
        self._failures += 1
        if self._probing or self._failures >= self._most:
            self._opened_at = self._clock.monotonic_s()
        self._probing = False
