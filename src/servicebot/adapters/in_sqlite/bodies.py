"""Every column of the embedded store that holds something sealed, and what it is sealed about."""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from servicebot.domain.errors import UnreadableError
from servicebot.ports.ledger import Change

Rows = list[sqlite3.Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One of them.

    Attributes:
        table: Its table.
        name: Its name.
        key: The columns that name a row.
        about: SQL that gives what the body is about.
    """

    table: str
    name: str
    key: str
    about: str


BODIES: Final = (
    Column(table="conversations", name="state", key="id", about="id"),
    Column(table="inbox", name="body", key="position", about="conversation"),
    Column(table="lines", name="body", key="conversation, seq", about="conversation"),
    Column(
        table="answers",
        name="bodies",
        key="channel, message_id",
        about="channel || '/' || message_id",
    ),
    Column(table="outbox", name="body", key="id", about="conversation"),
    Column(table="unrecorded", name="body", key="turn_id", about="turn_id"),
    Column(table="moves", name="body", key="key", about="key"),
    Column(table="tickets", name="body", key="id", about="id"),
    Column(table="unreadable", name="body", key="rowid", about="id"),
    Column(table="sealing", name="word", key="rowid", about="'sealing'"),
)
_AT_ONCE: Final = 500


def change_bodies(db: sqlite3.Connection, change: Change) -> int:
    """Changes every body inside the caller's transaction; returns how many."""
    changed = 0
    for column in BODIES:
        rows: Rows = []
        while rows := next_rows(db, column, rows):
            changed += change_some(db, column, rows, change)
    return changed


def next_rows(db: sqlite3.Connection, column: Column, before: Rows) -> Rows:
    """Some hundred rows behind the last of `before`: their key, `about` and body."""
    marks = ", ".join("?" for _ in column.key.split(","))
    behind = f"AND ({column.key}) > ({marks})" if before else ""
    return db.execute(
        f"SELECT {column.key}, {column.about}, CAST({column.name} AS BLOB)"  # noqa: S608  our own names
        f" FROM {column.table} WHERE {column.name} IS NOT NULL {behind}"
        f" ORDER BY {column.key} LIMIT {_AT_ONCE}",
        _key(before[-1]) if before else (),
    ).fetchall()


def change_some(db: sqlite3.Connection, column: Column, rows: Rows, change: Change) -> int:
    """Changes the bodies that still stand as they were read."""
    fits = " AND ".join(f"{one.strip()} = ?" for one in column.key.split(","))
    statement = (
        f"UPDATE {column.table} SET {column.name} = ?"  # noqa: S608  our own names
        f" WHERE {fits} AND CAST({column.name} AS BLOB) = ?"
    )
    changed = 0
    for row in rows:
        *_, about, stands = row
        with suppress(UnreadableError):
            if (body := change(stands, about)) is not None:
                changed += db.execute(statement, (body, *_key(row), stands)).rowcount
    return changed


def _key(row: sqlite3.Row) -> tuple[object, ...]:
    return tuple(row)[:-2]
