"""Which start of the machine this is: monotonic times mean nothing beyond it."""

from pathlib import Path
from typing import Final
from uuid import uuid4

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")  # proc(5)


def boot_id() -> str:
    """The same for every process since the machine started; where nobody knows, a new one."""
    try:
        return _BOOT_ID.read_text("ascii").strip()
    except OSError:
        return uuid4().hex
