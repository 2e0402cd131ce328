"""The port to the time of day."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time; tests hold it still."""

    def now(self) -> datetime:
        """The instant, aware, UTC."""

    def monotonic_s(self) -> float:
        """Seconds that only rise, for leases and deadlines within one process."""
