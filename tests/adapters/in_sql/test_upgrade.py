"""A store of an older edition opens and keeps what it holds."""

import sqlite3
from contextlib import closing
from pathlib import Path

from servicebot.adapters.in_sql.engine import SqlEngine

OLD = """
CREATE TABLE tickets (
    id VARCHAR(64) NOT NULL PRIMARY KEY, state VARCHAR(20) NOT NULL, priority INTEGER NOT NULL,
    opened_at DATETIME NOT NULL, agent VARCHAR(100), taken_at DATETIME, ended_at DATETIME,
    body BLOB NOT NULL
);
INSERT INTO tickets VALUES ('t1', 'waiting', 2, '2026-05-15', NULL, NULL, NULL, x'');
"""


def test_columns_that_came_since_are_added_once(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    with closing(sqlite3.connect(file)) as db:
        db.executescript(OLD)
    for _ in range(2):
        SqlEngine(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("SELECT id, rank, departure FROM tickets").fetchall() == [("t1", 9, None)]
