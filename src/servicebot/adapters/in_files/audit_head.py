"""The end of the audit trail in a file, signed, so that a cut shows."""

import fcntl
import os
from pathlib import Path

from servicebot.domain.audit import START, AuditHead, read_head, seal_head
from servicebot.domain.errors import UnavailableError


class HeadFile:
    """Keeps the furthest head; several processes of one machine may share the file."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Takes the file, best on another disk than the trail, and the trail's key."""
        self._path = path
        self._key = key

    def keep(self, head: AuditHead) -> None:
        """Writes the head, unless the file holds a later one.

        Raises:
            UnavailableError: The file cannot be written.
        """
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        try:
            with os.fdopen(os.open(self._path, flags, 0o600), "r+", encoding="ascii") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                known = read_head(self._key, file.read()) or START
                if head.number > known.number:
                    # One line of about 140 bytes, longer each time its number grows: whole or old.
                    file.seek(0)
                    file.write(seal_head(self._key, head) + "\n")
        except (OSError, UnicodeDecodeError) as error:
            raise UnavailableError(
                f"The head of the audit trail cannot be kept: {error}"
            ) from error

    def line(self) -> str:
        """What stands in the file, to be kept elsewhere too; empty where there is nothing."""
        try:
            return self._path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def kept(self) -> AuditHead | None:
        """The head of the file; None where there is none or it was not written with this key."""
        return read_head(self._key, self.line())
