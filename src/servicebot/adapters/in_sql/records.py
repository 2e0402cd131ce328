"""Receipts in SQL, each sealed with the key of its owner."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Connection,
    LargeBinary,
    Row,
    bindparam,
    cast,
    delete,
    func,
    or_,
    select,
    tuple_,
    update,
)

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.insert_new import insert_new
from servicebot.adapters.in_sql.ratings import erase_ratings, prune_ratings, rating_row
from servicebot.adapters.in_sql.receipt_seal import close, open_
from servicebot.adapters.in_sql.tables import RATINGS, RECEIPTS
from servicebot.domain.errors import UnreadableError
from servicebot.domain.receipts import Receipt
from servicebot.ports.keyring import Keyring, Owner
from servicebot.ports.records import Found, Page, Place
from servicebot.turns.stored_form import from_json, to_json

# Bytes in any case: a row that somebody wrote by hand spoils itself and no other.
_BODY: Final = cast(RECEIPTS.c.body, LargeBinary).label("body")
_SEALED: Final = (RECEIPTS.c.turn_id, RECEIPTS.c.key_id, _BODY)
_ORDER: Final = (RECEIPTS.c.at, RECEIPTS.c.turn_id)
_AT_ONCE: Final = 500


class SqlRecords:
    """Append only; the same receipt twice is stored once, also by two processes at a time."""

    def __init__(self, engine: SqlEngine, keyring: Keyring) -> None:
        self._engine = engine
        self._keyring = keyring

    async def keep(self, receipts: Sequence[Receipt]) -> None:
        """Stores the receipts that are not there yet, and beside them what they say was rated."""
        by_id = {receipt.turn_id: receipt for receipt in reversed(receipts)}
        keys = await self._keyring.keys_for({_owner(receipt) for receipt in by_id.values()})
        rows, ratings = [], []
        for receipt in by_id.values():
            key = keys[_owner(receipt)]
            body = close(to_json(receipt), receipt.turn_id, key.secret)
            rows.append(_columns(receipt) | {"key_id": key.id, "body": body})
            ratings.append(rating_row(receipt, key.id))

        def work(db: Connection) -> None:
            new = insert_new(db, RECEIPTS, (RECEIPTS.c.turn_id,), rows)
            rated = [one for one in ratings if one is not None and one["turn_id"] in new]
            if rated:
                insert_new(db, RATINGS, (RATINGS.c.turn_id,), rated)

        if rows:
            await self._engine.run(work)

    async def receipt(self, turn_id: str) -> Receipt | None:
        """The receipt of a turn, by its id or its message's; the newest that can be read."""
        fits = or_(RECEIPTS.c.turn_id == turn_id, RECEIPTS.c.message_id == turn_id)
        query = select(*_SEALED).where(fits).order_by(RECEIPTS.c.at.desc())
        found = await self._read(await self._engine.run(lambda db: db.execute(query).all()))
        if found.unreadable and not found.receipts:
            raise UnreadableError(f"The receipt of {turn_id} is there and cannot be read.")
        return found.receipts[0] if found.receipts else None

    async def of_conversation(self, conversation_id: str) -> Found:
        """All receipts of a conversation, oldest first."""
        mine = RECEIPTS.c.conversation_id == conversation_id
        query = select(*_SEALED).where(mine).order_by(RECEIPTS.c.at)
        return await self._read(await self._engine.run(lambda db: db.execute(query).all()))

    async def of_keys(self, key_ids: Collection[str]) -> Found:
        """All receipts that were sealed with these keys, oldest first."""
        mine = RECEIPTS.c.key_id.in_(key_ids)
        query = select(*_SEALED).where(mine).order_by(*_ORDER)
        return await self._read(await self._engine.run(lambda db: db.execute(query).all()))

    async def read_on(self, after: Place | None, count: int) -> Page:
        """The next receipts of all, oldest first; no more than `count` are in memory."""
        query = select(*_SEALED, RECEIPTS.c.at).order_by(*_ORDER).limit(count)
        if after is not None:
            query = query.where(tuple_(*_ORDER) > tuple_(*_bound(after)))
        rows = await self._engine.run(lambda db: db.execute(query).all())
        end = Place(at=rows[-1].at, turn_id=rows[-1].turn_id) if rows else None
        return Page(found=await self._read(rows), end=end)

    async def place_before_last(self, count: int) -> Place | None:
        """The place behind which the newest `count` receipts stand; None where that is all."""

        def work(db: Connection) -> Place | None:
            newest_first = (column.desc() for column in _ORDER)
            query = select(*_ORDER).order_by(*newest_first).offset(count).limit(1)
            row = db.execute(query).first()
            return Place(at=row.at, turn_id=row.turn_id) if row is not None else None

        return await self._engine.run(work)

    async def erase(self, key_ids: Collection[str]) -> int:
        """Deletes all receipts that were sealed with these keys; returns how many."""

        def work(db: Connection) -> int:
            erase_ratings(db, key_ids)
            return db.execute(delete(RECEIPTS).where(RECEIPTS.c.key_id.in_(key_ids))).rowcount

        erased = await self._engine.run(work)
        await self._engine.empty_log()
        return erased

    async def prune(self, before: datetime, held: Collection[str]) -> int:
        """Deletes receipts from before an instant that no held key seals, some hundred at a time.

        A key that no receipt needs any more is destroyed with the last of them.
        """

        def work(db: Connection) -> tuple[int, set[str]]:
            old = RECEIPTS.c.at < before
            if held:
                old &= or_(RECEIPTS.c.key_id.is_(None), RECEIPTS.c.key_id.not_in(held))
            query = select(RECEIPTS.c.turn_id, RECEIPTS.c.key_id).where(old).limit(_AT_ONCE)
            rows = db.execute(query).all()
            ids = [row.turn_id for row in rows]
            db.execute(delete(RECEIPTS).where(RECEIPTS.c.turn_id.in_(ids)))
            prune_ratings(db, ids)
            keys = {row.key_id for row in rows if row.key_id is not None}
            needed = select(RECEIPTS.c.key_id).where(RECEIPTS.c.key_id.in_(keys)).distinct()
            return len(rows), keys - set(db.scalars(needed))

        pruned = 0
        while True:
            gone, unneeded = await self._engine.run(work)
            if unneeded:
                await self._keyring.destroy(unneeded)
            pruned += gone
            if gone < _AT_ONCE:
                return pruned

    async def seal_old(self) -> int:
        """Seals some hundred receipts that an edition before left in the clear; returns how many."""
        query = select(*_SEALED, RECEIPTS.c.conversation_id).where(RECEIPTS.c.key_id.is_(None))
        rows = await self._engine.run(lambda db: db.execute(query.limit(_AT_ONCE)).all())
        owners = {row.turn_id: _owner_of_row(row) for row in rows}
        keys = await self._keyring.keys_for(set(owners.values()))

        def work(db: Connection) -> None:
            for row in rows:
                key = keys[owners[row.turn_id]]
                body = close(row.body, row.turn_id, key.secret)
                mine = (RECEIPTS.c.turn_id == row.turn_id) & RECEIPTS.c.key_id.is_(None)
                db.execute(update(RECEIPTS).where(mine).values(key_id=key.id, body=body))

        await self._engine.run(work)
        if rows:
            await self._engine.empty_log()
        return len(rows)

    async def count(self, key_ids: Collection[str]) -> int:
        """How many receipts were sealed with these keys."""
        query = select(func.count()).where(RECEIPTS.c.key_id.in_(key_ids))
        return await self._engine.run(lambda db: db.scalar(query) or 0)

    async def _read(self, rows: Sequence[Row[Any]]) -> Found:
        secrets = await self._keyring.secrets({row.key_id for row in rows if row.key_id})
        return _found(rows, secrets)


def _found(rows: Iterable[Row[Any]], secrets: Mapping[str, bytes]) -> Found:
    receipts, unreadable = [], 0
    for row in rows:
        try:
            receipts.append(from_json(Receipt, _plain(row, secrets)))
        except UnreadableError:
            unreadable += 1
    return Found(receipts=tuple(receipts), unreadable=unreadable)


def _plain(row: Row[Any], secrets: Mapping[str, bytes]) -> bytes:
    body: bytes = row.body
    if row.key_id is None:
        return body
    if row.key_id not in secrets:
        raise UnreadableError("its key is gone")
    return open_(body, row.turn_id, secrets[row.key_id])


def _owner(receipt: Receipt) -> Owner:
    before = receipt.basis.before if receipt.basis is not None else None
    known = before.identity.subject if before is not None else None
    return Owner(conversation_id=receipt.conversation_id, subject=receipt.subject or known)


def _owner_of_row(row: Row[Any]) -> Owner:
    try:
        return _owner(from_json(Receipt, row.body))
    except UnreadableError:
        return Owner(conversation_id=row.conversation_id, subject=None)


def _columns(receipt: Receipt) -> dict[str, Any]:
    return {
        "turn_id": receipt.turn_id,
        "conversation_id": receipt.conversation_id,
        "message_id": receipt.message.message_id,
        "at": receipt.at,
        "content_version": receipt.content_version,
        # Its kind only: what follows may tell what somebody is in need of.
        "decision": receipt.decision.partition(":")[0],
    }


def _bound(place: Place) -> tuple[BindParameter[Any], ...]:
    values = (place.at, place.turn_id)
    return tuple(
        bindparam(None, value, type_=column.type)
        for column, value in zip(_ORDER, values, strict=True)
    )
