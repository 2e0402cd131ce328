"""Answers what the dialogue asks of the desk, from the tickets, the hours and who is signed in."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from servicebot.domain.desk_facts import (
    AgentNow,
    DeskAnswer,
    DeskCall,
    DeskNow,
    QueueState,
    ReadAgent,
    ReadQueue,
    Wait,
)
from servicebot.domain.desk_hours import Block, DeskHours
from servicebot.handover.hours import closes_next, is_open, opens_next
from servicebot.handover.wait import wait_of
from servicebot.ports.presence import Presence
from servicebot.ports.tickets import Tickets

LATELY: Final = timedelta(hours=3)
ALWAYS: Final = DeskHours(week=((Block(start_min=0, end_min=24 * 60),),) * 7)
NEVER: Final = DeskHours(week=((),) * 7)


class KnowsHours(Protocol):
    """Whoever has the hours of the desk; the stage of conversation files changes them."""

    @property
    def hours(self) -> DeskHours:
        """As they are now."""


@dataclass(slots=True, kw_only=True)
class HoursBoard:
    """The hours as they hang at the door."""

    hours: DeskHours = field(default=ALWAYS)


def desk_now(hours: DeskHours, at: datetime) -> DeskNow:
    """Whether people serve at an instant, until when, or from when."""
    if is_open(hours, at):
        return DeskNow(is_open=True, closes_at=closes_next(hours, at))
    return DeskNow(is_open=False, opens_at=opens_next(hours, at))


class DeskReader:
    """Reads the desk for one turn."""

    def __init__(
        self, tickets: Tickets, board: KnowsHours, presence: Presence, silence: timedelta
    ) -> None:
        """Takes the sources; an agent who took a ticket within `silence` counts as present."""
        self._tickets = tickets
        self._board = board
        self._presence = presence
        self._silence = silence

    def now(self, at: datetime) -> DeskNow:
        """Whether people serve."""
        return desk_now(self._board.hours, at)

    async def read(self, call: DeskCall, at: datetime) -> DeskAnswer:
        """The answer to one call."""
        match call:
            case ReadQueue(ticket_id=ticket_id):
                return await self._queue(ticket_id, at)
            case ReadAgent(agent=agent, since=since):
                taken_lately = since is not None and at - since < self._silence
                return AgentNow(is_here=taken_lately or await self._presence.is_here(agent))

    async def _queue(self, ticket_id: str, at: datetime) -> QueueState:
        places = [ticket.id for ticket in await self._tickets.waiting()]
        place = places.index(ticket_id) + 1 if ticket_id in places else None
        return QueueState(place=place, wait=await self._wait(at))

    async def _wait(self, at: datetime) -> Wait | None:
        """Only waits that began while people served: those of the night say nothing about now."""
        hours = self._board.hours
        taken = await self._tickets.taken_since(at - LATELY)
        by_day = [one for one in taken if is_open(hours, one.opened_at)]
        return wait_of([one.taken_at - one.opened_at for one in by_day if one.taken_at is not None])
