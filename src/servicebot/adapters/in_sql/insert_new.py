"""Inserts the rows that are not there yet, whoever else inserts the same ones now."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(
    db: Connection, table: Table, key: Column[str], rows: Sequence[Mapping[str, Any]]
) -> frozenset[str]:
    """Inserts rows; one whose key is there changes nothing.

    Raises:
        SQLAlchemyError: The database does not take one of them.

    Returns:
        The keys of those that were new.
    """
    dialect = postgresql if db.dialect.name == "postgresql" else sqlite
    new = dialect.insert(table).on_conflict_do_nothing(index_elements=[key]).returning(key)
    # In one order everywhere, so that two processes never wait for each other's rows.
    return frozenset(db.scalars(new, sorted(rows, key=lambda row: str(row[key.name]))))
