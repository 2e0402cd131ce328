"""One fit at a time on a machine: of several workers that need the same, one makes it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_fit(folder: Path) -> Iterator[None]:
    """Waits until nobody else fits; what they made is in the folder then."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".fitting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # ends with the file, and with the process
        yield
