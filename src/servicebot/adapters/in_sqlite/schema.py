"""The tables of the embedded store."""

from typing import Final

SCHEMA: Final = """
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
CREATE TABLE IF NOT EXISTS unreadable (
    turn_id TEXT PRIMARY KEY, why TEXT NOT NULL, body BLOB NOT NULL
);

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
