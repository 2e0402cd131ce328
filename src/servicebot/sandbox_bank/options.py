"""What the sandbox bank is started with."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal

LARGEST_PORT: Final = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOptions:
    """Settings of one sandbox bank.

    Attributes:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        book_path: The SQLite book; `":memory:"` forgets everything at the end.
        service_token: Bearer token that servicebot must send.
        callback_url: servicebot's `/webhooks/bank`; None sends nothing.
        callback_secret: Key of the callbacks' signature; needed with a callback_url.
        public_url: Where a customer's browser reaches this bank, without a trailing slash.
        today: Fixes the bank's date; None takes the real date in Asia/Shanghai. Instants
            (expiry, posting) stay real, because servicebot compares them with its own clock.
        callback_delays_s: Waits before the second, third, ... delivery of a callback.

    Raises:
        ValueError: A field is empty or does not go with another.
    """

    host: str
    port: int
    book_path: Path | Literal[":memory:"]
    service_token: str = field(repr=False)
    callback_url: str | None = None
    callback_secret: str = field(default="", repr=False)
    public_url: str
    today: date | None = None
    callback_delays_s: tuple[float, ...] = (1.0, 5.0, 30.0)

    def __post_init__(self) -> None:
        """Refuse options that could only fail later."""
        faults = []
        if not self.service_token:
            faults.append("service_token is empty")
        if self.callback_url is not None and not self.callback_secret:
            faults.append("callback_url needs a callback_secret")
        if not self.public_url.startswith(("http://", "https://")):
            faults.append("public_url must start with http:// or https://")
        if not 0 <= self.port <= LARGEST_PORT:
            faults.append("port must lie in 0..65535")
        if faults:
            raise ValueError("sandbox bank: " + "; ".join(faults))
