"""The tickets in SQL: no ticket is ever given to two agents."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tables import TICKETS
from servicebot.domain.tickets import Ticket, TicketState
from servicebot.ports.clock import Clock
from servicebot.turns.stored_form import from_json, to_json

_ENDED = (TicketState.CLOSED, TicketState.HANDED_BACK, TicketState.LEFT)


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

    async def end(self, ticket_id: str, state: TicketState) -> None:
        """Ends a ticket that is not ended yet."""
        now = self._clock.now()

        def work(db: Connection) -> None:
            db.execute(
                update(TICKETS)
                .where(
                    TICKETS.c.id == ticket_id,
                    TICKETS.c.state.not_in([ended.value for ended in _ENDED]),
                )
                .values(state=state.value, ended_at=now)
            )

        await self._engine.run(work)

    async def find(self, ticket_id: str) -> Ticket | None:
        """One ticket."""
        return await self._engine.run(lambda db: _find(db, ticket_id))

    async def waiting(self) -> tuple[Ticket, ...]:
        """Those that wait, next one first."""
        query = _queue(*TICKETS.c)
        return await self._engine.run(lambda db: tuple(_ticket(row) for row in db.execute(query)))

    async def held_by(self, agent: str) -> tuple[Ticket, ...]:
        """Those an agent has taken and not ended, oldest first."""
        query = (
            select(TICKETS)
            .where(TICKETS.c.agent == agent, TICKETS.c.state == TicketState.TAKEN.value)
            .order_by(TICKETS.c.taken_at)
        )
        return await self._engine.run(lambda db: tuple(_ticket(row) for row in db.execute(query)))


def _queue(*columns: Any) -> Select[Any]:  # noqa: ANN401  any columns of the table
    return (
        select(*columns)
        .where(TICKETS.c.state == TicketState.WAITING.value)
        .order_by(TICKETS.c.priority, TICKETS.c.opened_at, TICKETS.c.id)
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
    )


def _aware(at: datetime | None) -> datetime | None:
    """SQLite gives instants back without their zone; PostgreSQL keeps it."""
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at
