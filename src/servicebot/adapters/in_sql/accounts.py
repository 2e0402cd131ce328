"""The accounts of the desk in SQL."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, select, update

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tables import ACCOUNTS
from servicebot.domain.desk_people import Account, Role

_NEVER: Final = -1


class SqlAccounts:
    """People who sign in with a password, beside the records."""

    def __init__(self, engine: SqlEngine) -> None:
        self._engine = engine

    async def find(self, name: str) -> Account | None:
        """One account."""

        def work(db: Connection) -> Account | None:
            row = db.execute(select(ACCOUNTS).where(ACCOUNTS.c.name == name)).first()
            return _account(row) if row is not None else None

        return await self._engine.run(work)

    async def every(self) -> Sequence[Account]:
        """All, by name."""
        query = select(ACCOUNTS).order_by(ACCOUNTS.c.name)
        return await self._engine.run(lambda db: tuple(_account(row) for row in db.execute(query)))

    async def put(self, account: Account) -> None:
        """Adds or replaces an account; the codes it has used stay used."""
        values = {
            "role": account.role.value,
            "password_hash": account.password_hash,
            "second_factor": account.second_factor,
        }

        def work(db: Connection) -> None:
            changed = db.execute(
                update(ACCOUNTS).where(ACCOUNTS.c.name == account.name).values(**values)
            )
            if not changed.rowcount:
                db.execute(ACCOUNTS.insert().values(name=account.name, code_step=_NEVER, **values))

        await self._engine.run(work)

    async def remove(self, name: str) -> bool:
        """Takes an account away."""

        def work(db: Connection) -> bool:
            return bool(db.execute(delete(ACCOUNTS).where(ACCOUNTS.c.name == name)).rowcount)

        return await self._engine.run(work)

    async def use_code(self, name: str, step: int) -> bool:
        """Uses up the code of a step in one statement: of two callers at once one wins."""
        used = (
            update(ACCOUNTS)
            .where(ACCOUNTS.c.name == name, ACCOUNTS.c.code_step < step)
            .values(code_step=step)
        )
        return await self._engine.run(lambda db: bool(db.execute(used).rowcount))


def _account(row: Row[Any]) -> Account:
    factor = row.second_factor
    return Account(
        name=row.name,
        role=Role(row.role),
        password_hash=row.password_hash,
        second_factor=bytes(factor) if factor is not None else None,
    )
