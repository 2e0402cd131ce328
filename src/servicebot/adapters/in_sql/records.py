"""Receipts and transcripts in SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, or_, select

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tables import RECEIPTS, TRANSCRIPT
from servicebot.domain.messages import Author, Text
from servicebot.domain.receipts import Receipt
from servicebot.turns.stored_form import from_json, to_json


class SqlRecords:
    """Append only; the same receipt twice is stored once."""

    def __init__(self, engine: SqlEngine) -> None:
        self._engine = engine

    async def keep(self, receipts: Sequence[Receipt]) -> None:
        """Stores the receipts that are not there yet, and their lines."""

        def work(db: Connection) -> None:
            by_id = {receipt.turn_id: receipt for receipt in receipts}
            query = select(RECEIPTS.c.turn_id).where(RECEIPTS.c.turn_id.in_(by_id))
            there = set(db.scalars(query))
            new = [receipt for turn_id, receipt in by_id.items() if turn_id not in there]
            if new:
                db.execute(insert(RECEIPTS), [_receipt_row(receipt) for receipt in new])
                lines = [row for receipt in new for row in _lines(receipt)]
                if lines:
                    db.execute(insert(TRANSCRIPT), lines)

        await self._engine.run(work)

    async def receipt(self, turn_id: str) -> Receipt | None:
        """The receipt of a turn, by its id or its message's; the newest where several fit."""

        def work(db: Connection) -> Receipt | None:
            fits = or_(RECEIPTS.c.turn_id == turn_id, RECEIPTS.c.message_id == turn_id)
            query = select(RECEIPTS.c.body).where(fits).order_by(RECEIPTS.c.at.desc()).limit(1)
            body = db.scalar(query)
            return from_json(Receipt, body) if body is not None else None

        return await self._engine.run(work)

    async def of_conversation(self, conversation_id: str) -> tuple[Receipt, ...]:
        """All receipts of a conversation, oldest first."""

        def work(db: Connection) -> tuple[Receipt, ...]:
            query = (
                select(RECEIPTS.c.body)
                .where(RECEIPTS.c.conversation_id == conversation_id)
                .order_by(RECEIPTS.c.at)
            )
            return tuple(from_json(Receipt, body) for body in db.scalars(query))

        return await self._engine.run(work)


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
            "text": text,
        }
        for rank, (author, name, text) in enumerate(said)
    ]
