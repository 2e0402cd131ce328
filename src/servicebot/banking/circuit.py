"""A circuit breaker: a bank that does not answer is left alone for a while, by every process.

closed --(failures in a row)--> open --(wait)--> one probe --ok--> closed
                                  ^------------------fail----'
"""

from typing import Final

from servicebot.domain.errors import NotSentError
from servicebot.ports.shared import Shared

_YES: Final = b"1"
_ROW_S: Final = 60.0  # failures further apart are not in a row
_MOST_OF_ONE: Final = 2
_PROBE_S: Final = 30.0  # longer than any call: a process that died while it probed blocks nobody


class Circuit:
    """Counts the failures in a row of one operation.

    Of one customer two count at most: one broken record says nothing of the bank.
    """

    def __init__(
        self, shared: Shared, operation: str, *, failures: int = 5, open_s: float = 10.0
    ) -> None:
        """Opens after `failures` in a row for `open_s` seconds."""
        self._shared = shared
        self._failures = f"circuit/{operation}/failures"
        self._open = f"circuit/{operation}/open"
        self._probe = f"circuit/{operation}/probe"
        self._of = f"circuit/{operation}/of"
        self._most = failures
        self._open_s = open_s

    async def enter(self) -> None:
        """Asks to make a call; `succeeded`, `failed` or `left` must follow.

        Raises:
            NotSentError: The circuit is open, or its one probe is under way.
        """
        failures = int(await self._shared.get(self._failures) or 0)
        if failures < self._most:
            return
        is_open = await self._shared.get(self._open) is not None
        if is_open or not await self._shared.put_new(self._probe, _YES, _PROBE_S):
            raise NotSentError("The bank did not answer lately.", retry_after_s=self._open_s)

    async def succeeded(self) -> None:
        """The bank answered, be it with a refusal."""
        if await self._shared.get(self._failures) is not None:
            await self._shared.forget(self._failures, self._open, self._probe)

    async def left(self) -> None:
        """The call was not made after all, which says nothing of the bank."""
        await self._shared.forget(self._probe)

    async def failed(self, who: str) -> None:
        """The bank did not answer in time, or with nonsense, to a call for `who`."""
        row = int(await self._shared.get(self._failures) or 0)
        if await self._shared.count(f"{self._of}/{who}", _ROW_S) <= _MOST_OF_ONE:
            row = await self._shared.count(self._failures, _ROW_S)
        if row >= self._most:
            await self._shared.put(self._open, _YES, self._open_s)
        await self._shared.forget(self._probe)
