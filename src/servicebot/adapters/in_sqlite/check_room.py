"""Whether there is room for more messages, in the store's file and on its disk.

A row that is only changed says nothing: its page goes into a part of the log that was written
before, which works on a full disk too. So new pages are asked for, and new blocks.
"""

import os
import sqlite3
import tempfile
from pathlib import Path
from typing import Final

_ROW_BYTES: Final = 64 * 1024
_DISK_BYTES: Final = 4 * 1024 * 1024  # a log between two checkpoints
_TABLE: Final = "INSERT INTO unreadable VALUES ('room', '', 0, '', zeroblob(?))"


def check_room(db: sqlite3.Connection, folder: Path) -> None:
    """Takes room and gives it back, in the writer's transaction.

    Raises:
        sqlite3.Error: The file may not grow or cannot be written.
        OSError: The disk is full, or a quota is used up.
    """
    db.execute("SAVEPOINT room")
    try:
        db.execute(_TABLE, (_ROW_BYTES,))
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK TO room")
            db.execute("RELEASE room")
    with tempfile.TemporaryFile(dir=folder) as file:
        os.posix_fallocate(file.fileno(), 0, _DISK_BYTES)
    db.execute("UPDATE boot SET id = id")
