"""The records' engine, on both databases."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select, text
from tests.servers.postgresql_server import Server

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tables import HOLDS, RECEIPTS
from servicebot.domain.errors import RejectedError, StartError, UnavailableError

SECRET = "不想让人看见的话"
HOLD = {"customer": "c", "why": SECRET}


@pytest.fixture
def engine(records_url: str) -> Iterator[SqlEngine]:
    with closing(SqlEngine(records_url)) as opened:
        yield opened


def put(db: Connection) -> None:
    db.execute(insert(HOLDS).values(**HOLD, since=func.current_timestamp()))


async def holds(engine: SqlEngine) -> int | None:
    return await engine.run(lambda db: db.scalar(select(func.count()).select_from(HOLDS)))


async def test_work_that_fails_stores_nothing(engine: SqlEngine) -> None:
    def work(db: Connection) -> None:
        put(db)
        db.execute(text("SELECT * FROM no_such_table"))

    with pytest.raises(UnavailableError):
        await engine.run(work)
    assert await holds(engine) == 0


async def test_a_row_that_is_never_taken_is_told_apart_and_stores_nothing(
    engine: SqlEngine,
) -> None:
    def work(db: Connection) -> None:
        put(db)
        put(db)

    with pytest.raises(RejectedError) as caught:
        await engine.run(work)
    assert await holds(engine) == 0
    assert caught.value.__cause__ is None
    assert SECRET not in str(caught.value)


async def test_no_error_holds_what_should_have_been_stored(engine: SqlEngine) -> None:
    def work(db: Connection) -> None:
        db.execute(text("INSERT INTO no_such_table VALUES (:text)"), {"text": SECRET})

    with pytest.raises(UnavailableError) as caught:
        await engine.run(work)
    assert SECRET not in f"{caught.value}{caught.value.__cause__}"


async def test_opening_twice_keeps_what_is_there(records_url: str) -> None:
    for _ in range(2):
        with closing(SqlEngine(records_url)) as engine:
            if not await holds(engine):
                await engine.run(put)
            assert await holds(engine) == 1


async def test_the_file_survives_power_loss(tmp_path: Path) -> None:
    engine = SqlEngine(f"sqlite:///{tmp_path / 'r.db'}")
    assert await engine.run(lambda db: db.scalar(text("PRAGMA journal_mode"))) == "wal"
    assert await engine.run(lambda db: db.scalar(text("PRAGMA synchronous"))) == 2
    engine.close()


@pytest.mark.parametrize(
    "url", ["sqlite:////no/such/folder/r.db", "postgresql+psycopg://me:secret@127.0.0.1:1/r"]
)
def test_a_database_that_does_not_answer_is_named(url: str) -> None:
    with pytest.raises(UnavailableError) as caught:
        SqlEngine(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["mysql://me:secret@host/r", "postgresql+psycopg://me:secret@host:port/r"]
)
def test_an_address_that_is_none_stops_the_start(url: str) -> None:
    with pytest.raises(StartError) as caught:
        SqlEngine(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_chinese_is_refused(
    postgresql_server: Server, encoding: str
) -> None:
    options = f"ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    with (
        postgresql_server.database(options) as url,
        pytest.raises(StartError, match=f"{encoding}.*UTF8"),
    ):
        SqlEngine(url)


async def test_a_name_that_is_too_long_is_refused_by_postgresql(postgresql_url: str) -> None:
    row = {
        "turn_id": "t" * 201,
        "conversation_id": "c",
        "message_id": "m",
        "decision": "d",
        "content_version": "c",
        "body": SECRET.encode(),
    }
    with closing(SqlEngine(postgresql_url)) as engine:

        def work(db: Connection) -> None:
            db.execute(insert(RECEIPTS).values(**row, at=func.current_timestamp()))

        with pytest.raises(RejectedError, match="StringDataRightTruncation"):
            await engine.run(work)
