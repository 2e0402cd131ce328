"""The table of the tickets, as long as they stand in the database of the records.

It is no part of the records' revisions: tickets are no records.
"""

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.schema import CreateColumn

from servicebot.adapters.in_sql.alone import alone
from servicebot.adapters.in_sql.tables import TICKETS


def make_tickets_table(engine: Engine) -> None:
    """Makes the table, or adds the columns that came since it was made; they may be empty.

    Raises:
        SQLAlchemyError: The database does not do it.
    """
    with engine.connect() as connection:
        if not _missing(connection):
            return
    with alone(engine) as connection:
        TICKETS.create(connection, checkfirst=True)
        for name in _missing(connection):
            written = CreateColumn(TICKETS.columns[name]).compile(dialect=engine.dialect)
            connection.execute(text(f"ALTER TABLE {TICKETS.name} ADD COLUMN {written}"))


def _missing(connection: Connection) -> list[str]:
    there = inspect(connection)
    if not there.has_table(TICKETS.name):
        return list(TICKETS.columns.keys())
    known = {column["name"] for column in there.get_columns(TICKETS.name)}
    return [name for name in TICKETS.columns.keys() if name not in known]  # noqa: SIM118
