"""The editions of the embedded store: each is a step from the one before, done once and whole."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from servicebot.adapters.in_sqlite.adopt_tickets import adopt_tickets
from servicebot.adapters.in_sqlite.bodies import change_bodies
from servicebot.domain.errors import StartError, UnavailableError, UnreadableError
from servicebot.ports.seal import Seal

_FIRST: Final = """
CREATE TABLE IF NOT EXISTS seen (
    channel TEXT NOT NULL, message_id TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (channel, message_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS seen_at ON seen (at);

CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY,
    state BLOB,
    last_seq INTEGER NOT NULL DEFAULT 0,
    token INTEGER NOT NULL DEFAULT 0,
    lease_until REAL NOT NULL DEFAULT 0,
    ready_at REAL,
    tries INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS conversations_ready
    ON conversations (ready_at) WHERE ready_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS inbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL, body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS inbox_conversation ON inbox (conversation, position);

CREATE TABLE IF NOT EXISTS lines (
    conversation TEXT NOT NULL, seq INTEGER NOT NULL, author TEXT NOT NULL, at REAL NOT NULL,
    message_id TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (conversation, seq)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lines_at ON lines (at);

CREATE TABLE IF NOT EXISTS answers (
    channel TEXT NOT NULL, message_id TEXT NOT NULL, at REAL NOT NULL, bodies BLOB NOT NULL,
    PRIMARY KEY (channel, message_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answers_at ON answers (at);

CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL, channel TEXT NOT NULL, recipient TEXT NOT NULL,
    reply_to TEXT NOT NULL, rank INTEGER NOT NULL, body BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    next_at REAL NOT NULL, lease_until REAL NOT NULL DEFAULT 0,
    token INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, why TEXT
);
CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (conversation, id) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS outbox_due ON outbox (id) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS outbox_ended ON outbox (next_at) WHERE state <> 'waiting';
CREATE INDEX IF NOT EXISTS outbox_reply ON outbox (channel, reply_to);

CREATE TABLE IF NOT EXISTS unrecorded (turn_id TEXT PRIMARY KEY, body BLOB NOT NULL);

CREATE TABLE IF NOT EXISTS moves (
    key TEXT PRIMARY KEY, state TEXT NOT NULL, begun_at REAL NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS moves_state ON moves (state, begun_at);

CREATE TABLE IF NOT EXISTS sends (
    channel TEXT NOT NULL, recipient TEXT NOT NULL, kind TEXT NOT NULL,
    opened_by TEXT NOT NULL, expires_at REAL NOT NULL, left_over INTEGER NOT NULL,
    PRIMARY KEY (channel, recipient, kind)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sends_expire ON sends (expires_at);
"""

# Tickets stand beside the conversations. Times that are waited for (ready_at, lease_until and the
# outbox's next_at) are monotonic seconds of one start of the machine; all other times are instants.
_SECOND: Final = """
CREATE TABLE tickets (
    id TEXT PRIMARY KEY, channel TEXT NOT NULL, sender TEXT NOT NULL, subject TEXT,
    state TEXT NOT NULL, priority INTEGER NOT NULL, rank INTEGER NOT NULL, opened_at REAL NOT NULL,
    taken_at REAL, ended_at REAL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX tickets_waiting ON tickets (priority, rank, opened_at, id) WHERE state = 'waiting';
CREATE INDEX tickets_held ON tickets (taken_at) WHERE state = 'taken';
CREATE INDEX tickets_taken ON tickets (taken_at) WHERE taken_at IS NOT NULL;
CREATE INDEX tickets_left ON tickets (ended_at) WHERE state = 'left';
CREATE INDEX tickets_ended ON tickets (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX tickets_sender ON tickets (channel, sender) WHERE state = 'waiting';
CREATE INDEX tickets_subject ON tickets (subject) WHERE state = 'waiting';

ALTER TABLE outbox ADD COLUMN at REAL NOT NULL DEFAULT 0;
UPDATE outbox SET at = next_at, next_at = 0, lease_until = 0;
DROP INDEX outbox_ended;
CREATE INDEX outbox_ended ON outbox (at) WHERE state <> 'waiting';

CREATE TABLE unreadable (
    kind TEXT NOT NULL, id TEXT NOT NULL, at REAL NOT NULL, why TEXT NOT NULL, body BLOB NOT NULL
);
CREATE INDEX unreadable_kind ON unreadable (kind);

CREATE TABLE boot (id TEXT NOT NULL);
INSERT INTO boot VALUES ('');
"""

# What is about customers is sealed, and who they are stands in no column. `sealing` holds one sealed
# word, by which a start with the wrong keys is told from a store that is damaged.
_THIRD: Final = """
DROP INDEX tickets_subject;
ALTER TABLE tickets DROP COLUMN subject;
CREATE TABLE sealing (word BLOB NOT NULL);
CREATE INDEX unreadable_at ON unreadable (at);
"""

# What the desk shares and what must outlive a restart: sessions, tries, devices.
_FOURTH: Final = """
CREATE TABLE shared_values (
    name TEXT PRIMARY KEY, value BLOB NOT NULL, ends_at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX shared_values_end ON shared_values (ends_at);
CREATE TABLE shared_members (
    name TEXT NOT NULL, member TEXT NOT NULL, ends_at REAL NOT NULL, PRIMARY KEY (name, member)
) WITHOUT ROWID;
CREATE INDEX shared_members_end ON shared_members (ends_at);
"""


def _first(db: sqlite3.Connection, path: Path, seal: Seal) -> None:  # noqa: ARG001  a step's signature
    _run(db, _FIRST)


def _second(db: sqlite3.Connection, path: Path, seal: Seal) -> None:  # noqa: ARG001
    _run(db, _SECOND)
    adopt_tickets(db, path.with_name("records.db"))


def _third(db: sqlite3.Connection, path: Path, seal: Seal) -> None:  # noqa: ARG001
    _run(db, _THIRD)
    change_bodies(db, seal.close)
    db.execute("INSERT INTO sealing VALUES (?)", (seal.close(b"servicebot", "sealing"),))


def _fourth(db: sqlite3.Connection, path: Path, seal: Seal) -> None:  # noqa: ARG001
    _run(db, _FOURTH)


_Step = Callable[[sqlite3.Connection, Path, Seal], None]
EDITIONS: Final[tuple[_Step, ...]] = (_first, _second, _third, _fourth)


def bring_up(db: sqlite3.Connection, path: Path, seal: Seal) -> None:
    """Brings the store to the newest edition, all steps or none; another process may try too.

    Raises:
        UnavailableError: It is of a newer edition than this program knows.
        StartError: It was sealed with keys that are not those of `seal`.
    """
    db.execute("BEGIN IMMEDIATE")
    edition = int(db.execute("PRAGMA user_version").fetchone()[0])
    if edition > len(EDITIONS):
        db.execute("ROLLBACK")
        raise UnavailableError(
            f"{path} is of edition {edition}, this program knows {len(EDITIONS)}: "
            "start the newer program, or restore the backup made before the upgrade."
        )
    steps = EDITIONS[edition:]
    for step in steps:
        step(db, path, seal)
    db.execute(f"PRAGMA user_version = {len(EDITIONS)}")
    try:
        seal.open(db.execute("SELECT word FROM sealing").fetchone()[0], "sealing")
    except UnreadableError as error:
        db.execute("ROLLBACK")
        raise StartError(
            f"{path} is {error}: set SERVICEBOT_STORE_KEYS_FILE to the keys it was sealed with."
        ) from None
    db.execute("COMMIT")
    if steps:  # what the edition before left in the clear goes from the log as well
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def begin_boot(db: sqlite3.Connection, boot: str) -> None:
    """After a restart of the machine leases are over and waits due; the order of turns is kept."""
    db.execute("BEGIN IMMEDIATE")
    if db.execute("SELECT id FROM boot").fetchone()[0] != boot:
        db.execute("UPDATE boot SET id = ?", (boot,))
        db.execute(
            "UPDATE conversations SET lease_until = 0, ready_at = ready_at -"
            " (SELECT max(ready_at) FROM conversations) WHERE ready_at IS NOT NULL"
        )
        db.execute("UPDATE outbox SET next_at = 0, lease_until = 0 WHERE state = 'waiting'")
    db.execute("COMMIT")


def _run(db: sqlite3.Connection, script: str) -> None:
    """Statement by statement: `executescript` would commit the transaction around it."""
    for statement in script.split(";"):
        if statement.strip():
            db.execute(statement)
