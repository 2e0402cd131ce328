"""The bank's time: real instants, and a date that tests may fix."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BANK_ZONE = ZoneInfo("Asia/Shanghai")


def utc_now() -> datetime:
    """Read the machine's clock, aware and in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - a program of its own; ports.clock is not its to use


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The time of one call, read once so that a call cannot straddle midnight."""

    now: datetime
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BankClock:
    """Tells the moment; `fixed_today` overrules the date only."""

    now: Callable[[], datetime] = utc_now
    fixed_today: date | None = None

    def moment(self) -> Moment:
        """Return the present instant and the bank's date that goes with it."""
        now = self.now()
        return Moment(now=now, today=self.fixed_today or now.astimezone(BANK_ZONE).date())


def instant_text(instant: datetime) -> str:
    """Write an instant as RFC 3339 in UTC with milliseconds; the texts sort as the instants do."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: str) -> datetime:
    """Read what `instant_text` wrote."""
    return datetime.fromisoformat(text)
