"""Many desks that look at once cost one reading."""

import asyncio
from pathlib import Path

from tests.contracts.adapters import in_sqlite
from tests.contracts.settable_clock import SettableClock
from tests.contracts.test_tickets import leave, ticket

from servicebot.domain.tickets import Ticket
from servicebot.web.desk_board import FRESH_S, DeskBoard


async def test_forty_desks_read_the_queue_once_and_see_news_at_the_next_look(
    tmp_path: Path,
) -> None:
    clock = SettableClock()
    async with in_sqlite(tmp_path, clock) as stores:
        await leave(stores, ticket("t1"))
        readings = 0
        read = stores.tickets.waiting

        async def counted() -> tuple[Ticket, ...]:
            nonlocal readings
            readings += 1
            return await read()

        stores.tickets.waiting = counted  # type: ignore[method-assign]
        board = DeskBoard(stores.tickets, clock)
        seen = await asyncio.gather(*(board.lately() for _ in range(40)))
        assert {one.waiting for one in seen} == {(ticket("t1"),)}
        assert readings == 1
        await leave(stores, ticket("t2", after_s=5))
        assert len((await board.lately()).waiting) == 1
        assert len((await board.now()).waiting) == 2
        clock.advance(FRESH_S)
        assert len((await board.lately()).waiting) == 2
