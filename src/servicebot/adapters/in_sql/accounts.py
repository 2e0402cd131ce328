"""The accounts of the desk in SQL."""

import hmac
import json
import logging
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, select, update

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tables import ACCOUNTS
from servicebot.domain.desk_people import Account, Role

_NEVER: Final = -1
_logger = logging.getLogger(__name__)


class SqlAccounts:
    """People who sign in with a password, beside the records.

    Name, role, password and second factor are bound with a key that does not stand in the database:
    who changes a row by hand makes nobody a supervisor, the account is gone.
    """

    def __init__(self, engine: SqlEngine, key: bytes) -> None:
        self._engine = engine
        self._key = key

    async def find(self, name: str) -> Account | None:
        """One account."""

        def work(db: Connection) -> Account | None:
            row = db.execute(select(ACCOUNTS).where(ACCOUNTS.c.name == name)).first()
            return self._account(row) if row is not None else None

        return await self._engine.run(work)

    async def every(self) -> Sequence[Account]:
        """All, by name."""
        query = select(ACCOUNTS).order_by(ACCOUNTS.c.name)
        rows = await self._engine.run(lambda db: db.execute(query).all())
        return tuple(filter(None, map(self._account, rows)))

    async def put(self, account: Account) -> None:
        """Adds or replaces an account; the codes it has used stay used."""
        values = {
            "role": account.role.value,
            "password_hash": account.password_hash,
            "second_factor": account.second_factor,
            "bond": self._bond(account),
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

    def _account(self, row: Row[Any]) -> Account | None:
        """The account; None where the row is not as this program wrote it."""
        account = _read(row)
        if account is None or not self._is_ours(account, str(row.bond)):
            _logger.error("account_changed_by_hand", extra={"account": row.name})
            return None
        return account

    def _is_ours(self, account: Account, bond: str) -> bool:
        return hmac.compare_digest(self._bond(account).encode(), bond.encode())

    def _bond(self, account: Account) -> str:
        factor = account.second_factor.hex() if account.second_factor is not None else None
        fields = (account.name, account.role.value, account.password_hash, factor)
        told = json.dumps(fields, ensure_ascii=False).encode()
        return hmac.digest(self._key, b"account|" + told, "sha256").hex()


def _read(row: Row[Any]) -> Account | None:
    factor = row.second_factor
    try:
        return Account(
            name=row.name,
            role=Role(row.role),
            password_hash=row.password_hash,
            second_factor=bytes(factor) if factor is not None else None,
        )
    except (ValueError, TypeError):
        return None
