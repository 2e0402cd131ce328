"""The bank of the chaos runs: a book with one entry per idempotency key, and a count of the calls."""

import sqlite3
from contextlib import closing
from pathlib import Path

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY);"
    "CREATE TABLE IF NOT EXISTS calls (n INTEGER PRIMARY KEY, key TEXT);"
)


def open_book(path: Path) -> sqlite3.Connection:
    book = sqlite3.connect(path, timeout=30, isolation_level=None)
    book.execute("PRAGMA journal_mode = WAL")
    book.executescript(_SCHEMA)
    return book


def post(book: sqlite3.Connection, key: str) -> None:
    """One call: the same key again is the same entry."""
    book.execute("INSERT INTO calls (key) VALUES (?)", (key,))
    book.execute("INSERT OR IGNORE INTO entries VALUES (?)", (key,))


def count(path: Path) -> tuple[int, int]:
    """Entries and calls."""
    with closing(open_book(path)) as book:
        query = "SELECT (SELECT count(*) FROM entries), (SELECT count(*) FROM calls)"
        entries, calls = book.execute(query).fetchone()
    return entries, calls
