"""A clock that only moves when told."""

from datetime import UTC, datetime, timedelta


class SettableClock:
    """Both times move together."""

    def __init__(self) -> None:
        self._passed_s = 0.0

    def now(self) -> datetime:
        return datetime(2026, 5, 15, 4, 0, tzinfo=UTC) + timedelta(seconds=self._passed_s)

    def monotonic_s(self) -> float:
        return self._passed_s

    def advance(self, seconds: float) -> None:
        self._passed_s += seconds
