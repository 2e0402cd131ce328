"""Receipts and transcripts in SQL."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Connection,
    LargeBinary,
    bindparam,
    cast,
    insert,
    or_,
    select,
    tuple_,
)

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.insert_new import insert_new
from servicebot.adapters.in_sql.tables import RECEIPTS, TRANSCRIPT
from servicebot.domain.errors import UnreadableError
from servicebot.domain.messages import Author, Text
from servicebot.domain.receipts import Receipt
from servicebot.ports.records import Found, Page, Place
from servicebot.turns.stored_form import from_json, to_json

# Bytes in any case: a row that somebody wrote by hand spoils itself and no other.
_BODY: Final = cast(RECEIPTS.c.body, LargeBinary)
_ORDER: Final = (RECEIPTS.c.at, RECEIPTS.c.turn_id)


class SqlRecords:
    """Append only; the same receipt twice is stored once, also by two processes at a time."""

    def __init__(self, engine: SqlEngine) -> None:
        self._engine = engine

    async def keep(self, receipts: Sequence[Receipt]) -> None:
        """Stores the receipts that are not there yet, and their lines."""

        def work(db: Connection) -> None:
            by_id = {receipt.turn_id: receipt for receipt in reversed(receipts)}
            rows = [_receipt_row(receipt) for receipt in by_id.values()]
            new = insert_new(db, RECEIPTS, RECEIPTS.c.turn_id, rows) if rows else ()
            lines = [row for turn_id in sorted(new) for row in _lines(by_id[turn_id])]
            if lines:
                db.execute(insert(TRANSCRIPT), lines)

        await self._engine.run(work)

    async def receipt(self, turn_id: str) -> Receipt | None:
        """The receipt of a turn, by its id or its message's; the newest that can be read."""

        def work(db: Connection) -> Found:
            fits = or_(RECEIPTS.c.turn_id == turn_id, RECEIPTS.c.message_id == turn_id)
            query = select(_BODY).where(fits).order_by(RECEIPTS.c.at.desc())
            return _read(db.scalars(query))

        found = await self._engine.run(work)
        if found.unreadable and not found.receipts:
            raise UnreadableError(f"The receipt of {turn_id} is there and cannot be read.")
        return found.receipts[0] if found.receipts else None

    async def of_conversation(self, conversation_id: str) -> Found:
        """All receipts of a conversation, oldest first."""

        def work(db: Connection) -> Found:
            query = (
                select(_BODY)
                .where(RECEIPTS.c.conversation_id == conversation_id)
                .order_by(RECEIPTS.c.at)
            )
            return _read(db.scalars(query))

        return await self._engine.run(work)

    async def read_on(self, after: Place | None, count: int) -> Page:
        """The next receipts of all, oldest first; no more than `count` are in memory."""

        def work(db: Connection) -> Page:
            query = select(_BODY, *_ORDER).order_by(*_ORDER).limit(count)
            if after is not None:
                query = query.where(tuple_(*_ORDER) > tuple_(*_bound(after)))
            rows = db.execute(query).all()
            end = Place(at=rows[-1].at, turn_id=rows[-1].turn_id) if rows else None
            return Page(found=_read(row[0] for row in rows), end=end)

        return await self._engine.run(work)

    async def place_before_last(self, count: int) -> Place | None:
        """The place behind which the newest `count` receipts stand; None where that is all."""

        def work(db: Connection) -> Place | None:
            newest_first = (column.desc() for column in _ORDER)
            query = select(*_ORDER).order_by(*newest_first).offset(count).limit(1)
            row = db.execute(query).first()
            return Place(at=row.at, turn_id=row.turn_id) if row is not None else None

        return await self._engine.run(work)


def _bound(place: Place) -> tuple[BindParameter[Any], ...]:
    values = (place.at, place.turn_id)
    return tuple(
        bindparam(None, value, type_=column.type)
        for column, value in zip(_ORDER, values, strict=True)
    )


def _read(bodies: Iterable[bytes]) -> Found:
    receipts, unreadable = [], 0
    for body in bodies:
        try:
            receipts.append(from_json(Receipt, body))
        except UnreadableError:
            unreadable += 1
    return Found(receipts=tuple(receipts), unreadable=unreadable)


def _receipt_row(receipt: Receipt) -> dict[str, Any]:
    return {
        "turn_id": receipt.turn_id,
        "conversation_id": receipt.conversation_id,
        "message_id": receipt.message.message_id,
        "at": receipt.at,
        "content_version": receipt.content_version,
        "decision": receipt.decision,
        "body": to_json(receipt),
    }


def _lines(receipt: Receipt) -> list[dict[str, Any]]:
    said = [(reply.author, reply.name, reply.plain_text) for reply in receipt.replies]
    if isinstance(receipt.message.content, Text):
        said.insert(0, (Author.CUSTOMER, "customer", receipt.message.content.text))
    return [
        {
            "turn_id": receipt.turn_id,
            "rank": rank,
            "conversation_id": receipt.conversation_id,
            "at": receipt.at,
            "author": author.value,
            "name": name,
            "text": text.replace("\0", ""),  # PostgreSQL has none; the receipt keeps it
        }
        for rank, (author, name, text) in enumerate(said)
    ]
