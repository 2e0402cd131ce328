"""Puts aside what cannot be read, with the reason, so that it stops nothing and is not lost."""

import logging
import sqlite3

from servicebot.domain.errors import UnreadableError

_logger = logging.getLogger(__name__)


def put_aside(
    db: sqlite3.Connection, kind: str, name: str, at: float, error: UnreadableError, body: bytes
) -> None:
    """Keeps the bytes in `unreadable`, inside the caller's transaction.

    The error says where the fault is and quotes nothing of the customer's words.
    """
    why = str(error)
    db.execute("INSERT INTO unreadable VALUES (?, ?, ?, ?, ?)", (kind, name, at, why, body))
    _logger.error("unreadable", extra={"what": kind, "why": why})
