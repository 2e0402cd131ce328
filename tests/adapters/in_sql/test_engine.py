"""The records' engine."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, text

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tables import TICKETS
from servicebot.domain.errors import UnavailableError


async def test_work_that_fails_stores_nothing(tmp_path: Path) -> None:
    engine = SqlEngine(f"sqlite:///{tmp_path / 'r.db'}")
    row = {"id": "t", "state": "waiting", "priority": 1, "opened_at": None, "body": b""}

    def work(db: Connection) -> None:
        db.execute(text("INSERT INTO transcript VALUES ('t', 0, 'c', '2026-01-01', 'a', 'n', 'x')"))
        db.execute(insert(TICKETS), [row])

    with pytest.raises(UnavailableError):
        await engine.run(work)
    assert await engine.run(lambda db: db.scalar(text("SELECT count(*) FROM transcript"))) == 0
    engine.close()


async def test_the_file_survives_power_loss(tmp_path: Path) -> None:
    engine = SqlEngine(f"sqlite:///{tmp_path / 'r.db'}")
    assert await engine.run(lambda db: db.scalar(text("PRAGMA journal_mode"))) == "wal"
    assert await engine.run(lambda db: db.scalar(text("PRAGMA synchronous"))) == 2
    engine.close()


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError):
        SqlEngine(f"sqlite:///{tmp_path / 'nowhere' / 'r.db'}")


def test_opening_twice_keeps_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "r.db"
    SqlEngine(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as db:
        db.execute("INSERT INTO transcript VALUES ('t', 0, 'c', '2026-01-01', 'a', 'n', 'x')")
    db.close()
    SqlEngine(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as db:
        assert db.execute("SELECT count(*) FROM transcript").fetchone() == (1,)
    db.close()
