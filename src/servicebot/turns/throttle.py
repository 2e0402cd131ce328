"""How often somebody may do something: token buckets by name, shared by all processes."""

import asyncio
import logging
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from servicebot.domain.errors import TooManyError, UnavailableError
from servicebot.domain.rates import Rate
from servicebot.ports.buckets import Buckets
from servicebot.ports.clock import Clock
from servicebot.telemetry.metrics import Metrics

ANSWER_S: Final = 0.5
ALONE_S: Final = 5.0
_logger = logging.getLogger(__name__)


class Deed(StrEnum):
    """What is counted, and by whom.

    Attributes:
        REQUEST: Any request to the pages, by address.
        SESSION: A new chat of the page, by address.
        SOCKET: A connection of a page, by address.
        SIGN_IN: A try to sign in at the desk, by address.
        MESSAGE: A message from the chat page, by address.
        SAID: A message, by conversation.
        CARRIED: A message, by channel.
    """

    REQUEST = "request"
    SESSION = "session"
    SOCKET = "socket"
    SIGN_IN = "sign_in"
    MESSAGE = "message"
    SAID = "said"
    CARRIED = "carried"


class Throttle:
    """Counts deeds; where the shared store does not answer, each process counts for itself."""

    def __init__(
        self,
        rates: Mapping[Deed, Rate | None],
        *,
        shared: Buckets,
        own: Buckets,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        """A deed without a rate is not limited; in one process `shared` and `own` are the same."""
        self._rates = rates
        self._shared = shared
        self._own = own
        self._clock = clock
        self._metrics = metrics
        self._alone_until_s = float("-inf")

    async def count(self, deed: Deed, who: str) -> None:
        """Counts a deed of somebody.

        Raises:
            TooManyError: It is one too many for now.
        """
        rate = self._rates.get(deed)
        if rate is None:
            return
        wait_s = await self._take(f"{deed}/{who}", rate)
        if wait_s > 0:
            self._metrics.refused.labels(deed.value).inc()
            raise TooManyError("Too many; please wait a moment.", retry_after_s=wait_s)

    async def count_here(self, deed: Deed, who: str) -> None:
        """Counts it in this process only: for what is too frequent to ask a store about.

        Raises:
            TooManyError: It is one too many for now.
        """
        rate = self._rates.get(deed)
        wait_s = await self._own.take(f"{deed}/{who}", rate) if rate is not None else 0.0
        if wait_s > 0:
            self._metrics.refused.labels(deed.value).inc()
            raise TooManyError("Too many requests; please wait a moment.", retry_after_s=wait_s)

    async def _take(self, name: str, rate: Rate) -> float:
        if self._shared is not self._own and self._clock.monotonic_s() >= self._alone_until_s:
            try:
                async with asyncio.timeout(ANSWER_S):
                    return await self._shared.take(name, rate)
            except (UnavailableError, TimeoutError):
                self._alone_until_s = self._clock.monotonic_s() + ALONE_S
                _logger.warning("buckets_unavailable")
        return await self._own.take(name, rate)
