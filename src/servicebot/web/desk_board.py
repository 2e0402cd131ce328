"""What all desks show, read once for all of them."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from servicebot.domain.tickets import Ticket
from servicebot.ports.clock import Clock
from servicebot.ports.tickets import Tickets

LEFT_SHOWN: Final = timedelta(minutes=10)
FRESH_S: Final = 0.4  # a little less than the time between two looks of a desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The tickets as they stood at one instant.

    Attributes:
        waiting: Those that wait, next one first.
        held: Those that agents hold.
        left: Those whose customer has left lately.
    """

    waiting: tuple[Ticket, ...]
    held: tuple[Ticket, ...]
    left: tuple[Ticket, ...]


class DeskBoard:
    """Reads the tickets for whoever looks; many desks at once cost one reading."""

    def __init__(self, tickets: Tickets, clock: Clock) -> None:
        self._tickets = tickets
        self._clock = clock
        self._reading = asyncio.Lock()
        self._board: Board | None = None
        self._read_s = 0.0

    async def now(self) -> Board:
        """The tickets as they stand now."""
        left_since = self._clock.now() - LEFT_SHOWN
        return Board(
            waiting=await self._tickets.waiting(),
            held=await self._tickets.held(),
            left=await self._tickets.left_since(left_since),
        )

    async def lately(self) -> Board:
        """The tickets as they stood at most `FRESH_S` ago."""
        async with self._reading:
            now_s = self._clock.monotonic_s()
            if self._board is None or now_s - self._read_s >= FRESH_S:
                self._board, self._read_s = await self.now(), now_s
            return self._board
