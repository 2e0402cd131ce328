"""The audit trail in SQL: one chain, whose next row only one process writes at a time."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, text

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tables import AUDIT
from servicebot.domain.audit import START, AuditAct, AuditEntry, AuditHead, AuditRow, bond_of
from servicebot.ports.audit_trail import KeepsHead

_logger = logging.getLogger(__name__)
_LOCK: Final = 4_736_283_002  # any number, the same in every process
_WIDTHS: Final = {
    name: length
    for name in ("who", "role", "what", "conversation", "address", "detail")
    if (length := getattr(AUDIT.c[name].type, "length", None)) is not None
}


class SqlAuditTrail:
    """Appends under a lock of the database, so that many processes make one chain."""

    def __init__(self, engine: SqlEngine, key: bytes, head: KeepsHead) -> None:
        """Takes the key, which must not stand in the same database, and where the end is kept."""
        self._engine = engine
        self._key = key
        self._head = head

    async def append(self, entry: AuditEntry) -> None:
        """Writes an entry behind the last one.

        Where the trail does not hold the kept head any more, somebody has cut it: it goes on, for
        the desk must, but the head stays where it was, so that the cut is found for ever.
        """

        def work(db: Connection) -> tuple[AuditHead, bool]:
            _lock(db)
            is_whole = self._holds_kept_head(db)
            query = select(AUDIT.c.number, AUDIT.c.bond).order_by(AUDIT.c.number.desc()).limit(1)
            row = db.execute(query).first()
            before = AuditHead(number=row.number, bond=row.bond) if row is not None else START
            values = _values(entry)
            fitted = _entry_of(values)
            number = before.number + 1
            bond = bond_of(self._key, number, fitted, before.bond)
            db.execute(insert(AUDIT).values(number=number, bond=bond, **values))
            return AuditHead(number=number, bond=bond), is_whole

        head, is_whole = await self._engine.run(work)
        if is_whole:
            await asyncio.to_thread(self._head.keep, head)
        else:
            _logger.error("audit_trail_cut", extra={"row": head.number})

    async def rows(self, after: int, count: int) -> Sequence[AuditRow]:
        """The next rows behind a number."""
        query = select(AUDIT).where(AUDIT.c.number > after).order_by(AUDIT.c.number).limit(count)
        return await self._engine.run(lambda db: tuple(_row(row) for row in db.execute(query)))

    async def latest(self, count: int) -> Sequence[AuditRow]:
        """The last rows, newest first."""
        query = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(count)
        return await self._engine.run(lambda db: tuple(_row(row) for row in db.execute(query)))

    def _holds_kept_head(self, db: Connection) -> bool:
        kept = self._head.kept()
        if kept is None:  # right only before the first row: later somebody has taken it away
            return db.scalar(select(AUDIT.c.number).limit(1)) is None
        bond = db.scalar(select(AUDIT.c.bond).where(AUDIT.c.number == kept.number))
        return bool(bond == kept.bond)


def _lock(db: Connection) -> None:
    """Until the end of the transaction nobody else reads the end of the chain to write behind it."""
    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    else:
        db.exec_driver_sql("BEGIN IMMEDIATE")  # the driver itself would begin at the INSERT


def _values(entry: AuditEntry) -> dict[str, Any]:
    """The columns; a text is cut to what its column holds, and bound as it is stored."""
    told: dict[str, Any] = {
        "at": entry.at.isoformat(timespec="microseconds"),
        "who": entry.who,
        "role": entry.role,
        "act": entry.act.value,
        "what": entry.what,
        "conversation": entry.conversation,
        "address": entry.address,
        "detail": entry.detail,
    }
    for name, width in _WIDTHS.items():
        clean = told[name].replace("\0", "").encode("utf-8", "replace").decode()
        told[name] = clean[:width]
    return told


def _entry_of(values: dict[str, Any]) -> AuditEntry:
    at, act = datetime.fromisoformat(values["at"]), AuditAct(values["act"])
    rest = {name: values[name] for name in _WIDTHS}
    return AuditEntry(at=at, act=act, **rest)


def _row(row: Row[Any]) -> AuditRow:
    try:
        entry = _entry_of(dict(zip(row._fields, row, strict=True)))
    except (ValueError, TypeError):  # somebody changed it by hand
        entry = None
    return AuditRow(number=row.number, bond=str(row.bond), entry=entry)
