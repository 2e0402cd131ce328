"""The installation's keys, out of a file or a command, read again while the program runs.

One key a line, `2026-11-29T15:00:00Z <32 bytes in base64>`: the instant from which it seals. The
newest whose instant has passed is in use, all others still open. A new key gets an instant in the
future, so that every process knows it before the first one seals with it.
"""

import base64
import binascii
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from servicebot.domain.errors import StartError
from servicebot.ports.clock import Clock

KEY_BYTES: Final = 32  # AES-256
ID_BYTES: Final = 4
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterKey:
    """One key.

    Attributes:
        used_from: The instant from which it seals, UTC.
        secret: 32 bytes.
    """

    used_from: datetime
    secret: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """Four bytes that name it and tell nothing of it."""
        return hashlib.sha256(b"servicebot key id" + self.secret).digest()[:ID_BYTES]

    @property
    def line(self) -> str:
        """As it stands in the file."""
        at = self.used_from.isoformat(timespec="seconds").replace("+00:00", "Z")
        return f"{at} {base64.b64encode(self.secret).decode('ascii')}"


class MasterKeys:
    """All keys, the one in use among them."""

    def __init__(self, read: Callable[[], str], clock: Clock) -> None:
        """Reads them.

        Args:
            read: Gives the lines; raises StartError where it cannot.
            clock: The time.

        Raises:
            StartError: They cannot be read, a line is none, or none is in use yet.
        """
        self._read = read
        self._clock = clock
        self._keys = self._load()

    def refresh(self) -> None:
        """Reads them again; where that fails, those that are known stay."""
        try:
            self._keys = self._load()
        except StartError:
            _logger.exception("keys_unreadable")

    def all(self) -> tuple[MasterKey, ...]:
        """Every key, oldest first."""
        return self._keys

    def in_use(self) -> MasterKey:
        """The one that seals now."""
        now = self._clock.now()
        return next(key for key in reversed(self._keys) if key.used_from <= now)

    def find(self, key_id: bytes) -> MasterKey | None:
        """The key of an id."""
        return next((key for key in self._keys if key.id == key_id), None)

    def _load(self) -> tuple[MasterKey, ...]:
        keys = parse_keys(self._read())
        if not any(key.used_from <= self._clock.now() for key in keys):
            raise StartError(
                "No key is in use yet: one line must begin with an instant of the past."
            )
        return keys


def parse_keys(text: str) -> tuple[MasterKey, ...]:
    """The keys of a file, oldest first.

    Raises:
        StartError: A line is none; the line's number is named, never its text.
    """
    lines = enumerate(text.splitlines(), 1)
    keys = [_key(number, line) for number, line in lines if line.strip()]
    if len({key.id for key in keys}) < len(keys):
        raise StartError("The same key stands there twice.")
    return tuple(sorted(keys, key=lambda key: key.used_from))


def _key(number: int, line: str) -> MasterKey:
    wrong = (
        f"Line {number} of the keys is none: write `2026-11-29T15:00:00Z` and 32 bytes in base64, "
        "or let `servicebot keys new` write it."
    )
    instant, _, encoded = line.strip().partition(" ")
    try:
        used_from = datetime.fromisoformat(instant)
        secret = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        raise StartError(wrong) from None
    if used_from.tzinfo is None or len(secret) != KEY_BYTES:
        raise StartError(wrong)
    return MasterKey(used_from=used_from, secret=secret)
