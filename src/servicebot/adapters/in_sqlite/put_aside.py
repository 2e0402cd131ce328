"""Puts aside what cannot be read, with the reason, so that it stops nothing and is not lost."""

import logging
import sqlite3

_logger = logging.getLogger(__name__)


def put_aside(
    db: sqlite3.Connection, kind: str, name: str, at: float, error: ValueError, body: bytes
) -> None:
    """Keeps the bytes in `unreadable`, inside the caller's transaction.

    The log gets the kind of fault only: the error itself quotes the customer's words.
    """
    why = type(error).__name__
    db.execute("INSERT INTO unreadable VALUES (?, ?, ?, ?, ?)", (kind, name, at, why, body))
    _logger.error("unreadable", extra={"what": kind, "why": why})
