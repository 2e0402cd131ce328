"""The keys of the records in SQL, each wrapped with the installation's key."""

import hmac
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, delete, insert, or_, select, update

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.insert_new import insert_new
from servicebot.adapters.in_sql.tables import ERASURES, HOLDS, MARKING, RECORD_KEYS
from servicebot.domain.errors import UnreadableError
from servicebot.ports.keyring import Erasure, Hold, Owner, RecordKey
from servicebot.ports.seal import Seal

_SECRET_BYTES: Final = 32
_MARKS: Final = "marking"
_NOBODY: Final = ""


class SqlKeyring:
    """One key for each customer in each conversation.

    Customers stand in it as keyed hashes: who reads the table learns nobody's name, and who knows
    a customer finds the keys.
    """

    def __init__(self, engine: SqlEngine, seal: Seal) -> None:
        self._engine = engine
        self._seal = seal

    async def keys_for(self, owners: Collection[Owner]) -> Mapping[Owner, RecordKey]:
        """The key of each owner, made where there is none."""

        def work(db: Connection) -> dict[Owner, RecordKey]:
            return {owner: self._key_for(db, owner) for owner in sorted(owners, key=str)}

        return await self._engine.run(work)

    async def secrets(self, ids: Collection[str]) -> Mapping[str, bytes]:
        """The secrets of those that are there and can be read."""
        query = select(RECORD_KEYS).where(RECORD_KEYS.c.id.in_(ids))
        rows = await self._engine.run(lambda db: db.execute(query).all()) if ids else ()
        return {key.id: key.secret for key in self._readable(rows)}

    async def of_customer(self, customer: str) -> tuple[RecordKey, ...]:
        """The keys of a customer, by the bank's word or by a conversation's id."""

        def work(db: Connection) -> list[Row[Any]]:
            column = RECORD_KEYS.c
            own = select(RECORD_KEYS).where(column.customer == self._mark(db, customer))
            rows = list(db.execute(own).all())
            for chat in {customer, *(row.conversation_id for row in rows)}:
                rows += self._before_known(db, chat, {row.customer for row in rows} or {_NOBODY})
            return rows

        return self._readable(await self._engine.run(work))

    async def destroy(self, ids: Collection[str]) -> None:
        """Destroys keys for good."""
        gone = delete(RECORD_KEYS).where(RECORD_KEYS.c.id.in_(ids))
        await self._engine.run(lambda db: db.execute(gone))
        await self._engine.empty_log()

    async def hold(self, customer: str, hold: Hold | None) -> None:
        """Keeps a customer's data, or lets it go again."""

        def work(db: Connection) -> None:
            mark = self._mark(db, customer)
            db.execute(delete(HOLDS).where(HOLDS.c.customer == mark))
            if hold is not None:
                db.execute(insert(HOLDS).values(customer=mark, since=hold.since, why=hold.why))

        await self._engine.run(work)

    async def held(self, customer: str) -> Hold | None:
        """The hold on a customer, or on anybody who was known in the conversation of that id."""

        def work(db: Connection) -> Row[Any] | None:
            in_chat = select(RECORD_KEYS.c.customer).where(
                RECORD_KEYS.c.conversation_id == customer
            )
            marks = or_(HOLDS.c.customer == self._mark(db, customer), HOLDS.c.customer.in_(in_chat))
            return db.execute(select(HOLDS).where(marks)).first()

        row = await self._engine.run(work)
        return Hold(since=row.since, why=row.why) if row is not None else None

    async def held_keys(self) -> frozenset[str]:
        """The ids of all keys of customers who are held, and of their conversations."""
        held = select(HOLDS.c.customer)
        chats = select(RECORD_KEYS.c.conversation_id).where(RECORD_KEYS.c.customer.in_(held))
        query = select(RECORD_KEYS.c.id).where(RECORD_KEYS.c.conversation_id.in_(chats))
        return frozenset(await self._engine.run(lambda db: db.scalars(query).all()))

    async def write_erasure(self, customer: str, erasure: Erasure) -> Erasure:
        """Keeps that something was erased."""

        def work(db: Connection) -> str:
            mark = self._mark(db, customer)
            db.execute(insert(ERASURES).values(asdict(replace(erasure, customer=mark))))
            return mark

        return replace(erasure, customer=await self._engine.run(work))

    async def erasures(self, customer: str) -> tuple[Erasure, ...]:
        """What was erased of a customer, oldest first."""

        def work(db: Connection) -> list[Row[Any]]:
            mine = ERASURES.c.customer == self._mark(db, customer)
            return list(db.execute(select(ERASURES).where(mine).order_by(ERASURES.c.at)).all())

        return tuple(Erasure(**row._asdict()) for row in await self._engine.run(work))

    async def renew(self) -> int:
        """Wraps every key, and the secret of the hashes, with the installation's key in use."""

        def work(db: Connection) -> int:
            renewed = 0
            marking = db.execute(select(MARKING)).first()
            if marking is not None and (body := self._seal.renew(marking.wrapped, _MARKS)):
                db.execute(update(MARKING).values(wrapped=body))
                renewed += 1
            for row in db.execute(select(RECORD_KEYS.c.id, RECORD_KEYS.c.wrapped)).all():
                if (body := self._seal.renew(row.wrapped, row.id)) is not None:
                    mine = RECORD_KEYS.c.id == row.id
                    db.execute(update(RECORD_KEYS).where(mine).values(wrapped=body))
                    renewed += 1
            return renewed

        return await self._engine.run(work)

    async def wrapped(self) -> tuple[bytes, ...]:
        """Every key as it stands."""
        query = select(RECORD_KEYS.c.wrapped).union_all(select(MARKING.c.wrapped))
        return tuple(await self._engine.run(lambda db: db.scalars(query).all()))

    def _key_for(self, db: Connection, owner: Owner) -> RecordKey:
        mark = self._mark(db, owner.subject) if owner.subject is not None else _NOBODY
        place = and_(
            RECORD_KEYS.c.conversation_id == owner.conversation_id, RECORD_KEYS.c.customer == mark
        )
        query = select(RECORD_KEYS).where(place)
        row = db.execute(query).first()
        if row is None:
            key_id = uuid4().hex
            values = {
                "id": key_id,
                "conversation_id": owner.conversation_id,
                "customer": mark,
                "wrapped": self._seal.close(secrets.token_bytes(_SECRET_BYTES), key_id),
            }
            place_key = (RECORD_KEYS.c.conversation_id, RECORD_KEYS.c.customer)
            insert_new(db, RECORD_KEYS, place_key, [values])  # another process may be quicker
            row = db.execute(query).one()
        return self._open(row)

    def _before_known(self, db: Connection, chat: str, known: set[str]) -> list[Row[Any]]:
        """The key of the time when nobody was known, if nobody but `known` ever was."""
        of_chat = RECORD_KEYS.c.conversation_id == chat
        rows = db.execute(select(RECORD_KEYS).where(of_chat)).all()
        others = {row.customer for row in rows} - known - {_NOBODY}
        return [] if others else [row for row in rows if row.customer == _NOBODY]

    def _readable(self, rows: Iterable[Row[Any]]) -> tuple[RecordKey, ...]:
        found = []
        for row in rows:
            try:
                found.append(self._open(row))
            except UnreadableError:
                continue
        return tuple(found)

    def _open(self, row: Row[Any]) -> RecordKey:
        secret = self._seal.open(row.wrapped, row.id)
        return RecordKey(id=row.id, conversation_id=row.conversation_id, secret=secret)

    def _mark(self, db: Connection, customer: str) -> str:
        """A keyed hash of a customer; its key is made once and outlives every rotation."""
        row = db.execute(select(MARKING)).first()
        if row is None:
            made = self._seal.close(secrets.token_bytes(_SECRET_BYTES), _MARKS)
            insert_new(db, MARKING, (MARKING.c.one,), [{"one": 1, "wrapped": made}])
            row = db.execute(select(MARKING)).one()
        key = self._seal.open(row.wrapped, _MARKS)
        return hmac.digest(key, customer.encode(), "sha256").hex()
