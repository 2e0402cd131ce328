"""Inserts the rows that are not there yet, whoever else inserts the same ones now."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(
    db: Connection,
    table: Table,
    key: tuple[Column[Any], ...],
    rows: Sequence[Mapping[str, Any]],
) -> frozenset[Any]:
    """Inserts rows; one whose key, of one or more columns, is there changes nothing.

    Raises:
        SQLAlchemyError: The database does not take one of them.

    Returns:
        The first column of the keys of those that were new.
    """
    dialect = postgresql if db.dialect.name == "postgresql" else sqlite
    new = dialect.insert(table).on_conflict_do_nothing(index_elements=list(key)).returning(key[0])
    # In one order everywhere, so that two processes never wait for each other's rows.
    return frozenset(
        db.scalars(new, sorted(rows, key=lambda row: [str(row[one.name]) for one in key]))
    )
