"""Writes one content file whole, or takes it away."""

import os
from pathlib import Path

_READABLE = 0o644


def write_file(path: Path, data: bytes | None) -> None:
    """Writes beside the file and renames; an empty folder that is left goes too.

    Raises:
        OSError: The disk does not do it.
    """
    if data is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.studio")  # no reader of the content takes it
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.chmod(_READABLE)
    beside.replace(path)
