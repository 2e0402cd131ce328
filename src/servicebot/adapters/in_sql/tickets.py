"""The tickets in SQL: no ticket is ever given to two agents."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, select, update

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tables import TICKETS
from servicebot.domain.tickets import Departure, Ticket, TicketState
from servicebot.ports.clock import Clock
from servicebot.turns.stored_form import from_json, to_json

_OPEN: Final = (TicketState.WAITING.value, TicketState.TAKEN.value)


class SqlTickets:
    """The queue and its history."""

    def __init__(self, engine: SqlEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def open(self, ticket: Ticket) -> None:
        """Adds a ticket unless its id is there."""

        def work(db: Connection) -> None:
            if db.scalar(select(TICKETS.c.id).where(TICKETS.c.id == ticket.id)) is None:
                row = {
                    "id": ticket.id,
                    "state": ticket.state.value,
                    "priority": int(ticket.priority),
                    "rank": ticket.rank,
                    "opened_at": ticket.opened_at,
                    "body": to_json(ticket),
                }
                db.execute(insert(TICKETS), row)

        await self._engine.run(work)

    async def take(self, ticket_id: str | None, agent: str) -> Ticket | None:
        """Takes one waiting ticket by a conditional update; who comes second gets the next."""
        now = self._clock.now()

        def work(db: Connection) -> Ticket | None:
            for wanted in [ticket_id] if ticket_id else db.scalars(_queue(TICKETS.c.id)).all():
                taken = db.execute(
                    update(TICKETS)
                    .where(TICKETS.c.id == wanted, TICKETS.c.state == TicketState.WAITING.value)
                    .values(state=TicketState.TAKEN.value, agent=agent, taken_at=now)
                )
                if taken.rowcount:
                    return _find(db, str(wanted))
            return None

        return await self._engine.run(work)

    async def give_back(self, ticket_id: str, agent: str) -> None:
        """Lets a ticket of this agent wait again, with its age."""
        mine = (TICKETS.c.agent == agent, TICKETS.c.state == TicketState.TAKEN.value)
        free = {"state": TicketState.WAITING.value, "agent": None, "taken_at": None}
        await self._engine.run(lambda db: _change(db, ticket_id, mine, free))

    async def leave(self, ticket_id: str, why: Departure) -> bool:
        """Ends a ticket that waits; one that was taken stays with its agent."""
        waits = (TICKETS.c.state == TicketState.WAITING.value,)
        left = {
            "state": TicketState.LEFT.value,
            "ended_at": self._clock.now(),
            "departure": why.value,
        }
        return await self._engine.run(lambda db: _change(db, ticket_id, waits, left))

    async def amend(self, ticket: Ticket) -> None:
        """Stores what is told about a ticket that is not ended; opened_at is not told anew."""
        not_ended = (TICKETS.c.state.in_(_OPEN),)

        def work(db: Connection) -> None:
            before = _find(db, ticket.id)
            if before is not None:
                told = replace(ticket, opened_at=before.opened_at)
                values = {
                    "priority": int(told.priority),
                    "rank": told.rank,
                    "body": to_json(told),
                }
                _change(db, ticket.id, not_ended, values)

        await self._engine.run(work)

    async def end(self, ticket_id: str, state: TicketState) -> None:
        """Ends a ticket that is not ended yet."""
        ended = {"state": state.value, "ended_at": self._clock.now()}
        not_ended = (TICKETS.c.state.in_(_OPEN),)
        await self._engine.run(lambda db: _change(db, ticket_id, not_ended, ended))

    async def find(self, ticket_id: str) -> Ticket | None:
        """One ticket."""
        return await self._engine.run(lambda db: _find(db, ticket_id))

    async def waiting(self) -> tuple[Ticket, ...]:
        """Those that wait, next one first."""
        return await self._all(_queue(*TICKETS.c))

    async def held_by(self, agent: str) -> tuple[Ticket, ...]:
        """Those an agent has taken and not ended, oldest first."""
        return await self._all(_taken().where(TICKETS.c.agent == agent))

    async def held(self) -> tuple[Ticket, ...]:
        """Those that any agent has taken and not ended, oldest first."""
        return await self._all(_taken())

    async def taken_since(self, at: datetime) -> tuple[Ticket, ...]:
        """Those that were taken since an instant, ended or not."""
        return await self._all(select(TICKETS).where(TICKETS.c.taken_at >= at))

    async def left_since(self, at: datetime) -> tuple[Ticket, ...]:
        """Those whose customer left since an instant, newest first."""
        left = TICKETS.c.state == TicketState.LEFT.value
        query = select(TICKETS).where(left, TICKETS.c.ended_at >= at)
        return await self._all(query.order_by(TICKETS.c.ended_at.desc()))

    async def _all(self, query: Select[Any]) -> tuple[Ticket, ...]:
        return await self._engine.run(lambda db: tuple(_ticket(row) for row in db.execute(query)))


def _change(
    db: Connection, ticket_id: str, only: Sequence[ColumnElement[bool]], values: Mapping[str, Any]
) -> bool:
    """Changes one ticket where it still stands as thought; False where it does not."""
    changed = db.execute(update(TICKETS).where(TICKETS.c.id == ticket_id, *only).values(**values))
    return bool(changed.rowcount)


def _taken() -> Select[Any]:
    held = TICKETS.c.state == TicketState.TAKEN.value
    return select(TICKETS).where(held).order_by(TICKETS.c.taken_at)


def _queue(*columns: Any) -> Select[Any]:  # noqa: ANN401  any columns of the table
    return (
        select(*columns)
        .where(TICKETS.c.state == TicketState.WAITING.value)
        .order_by(TICKETS.c.priority, TICKETS.c.rank, TICKETS.c.opened_at, TICKETS.c.id)
    )


def _find(db: Connection, ticket_id: str) -> Ticket | None:
    row = db.execute(select(TICKETS).where(TICKETS.c.id == ticket_id)).one_or_none()
    return _ticket(row) if row is not None else None


def _ticket(row: Row[Any]) -> Ticket:
    ticket = from_json(Ticket, row.body)
    return replace(
        ticket,
        state=TicketState(row.state),
        agent=row.agent,
        taken_at=_aware(row.taken_at),
        ended_at=_aware(row.ended_at),
        departure=Departure(row.departure) if row.departure is not None else None,
    )


def _aware(at: datetime | None) -> datetime | None:
    """SQLite gives instants back without their zone; PostgreSQL keeps it."""
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at
