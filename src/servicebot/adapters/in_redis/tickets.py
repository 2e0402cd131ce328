"""The tickets on Redis: written with the commit of their conversation, read by the desk."""

import asyncio
from collections.abc import Iterable
from datetime import datetime

from servicebot.adapters.in_redis.partitions import Partitions
from servicebot.adapters.in_redis.scripts import Scripts, micros
from servicebot.domain.tickets import Ticket
from servicebot.turns.readable import readable
from servicebot.turns.sealed_form import SealedForm


class RedisTickets:
    """A view of the conversations that wait for a person or are held by one."""

    def __init__(self, scripts: Scripts, partitions: Partitions, form: SealedForm) -> None:
        self._scripts = scripts
        self._partitions = partitions
        self._form = form

    async def find(self, ticket_id: str) -> Ticket | None:
        """One ticket; its id does not say where it lives, so every partition is asked."""
        keys = [f"{partition}:t:{ticket_id}" for partition in self._partitions.all()]
        bodies = await asyncio.gather(*(self._scripts.get(key) for key in keys))
        rows = ((ticket_id.encode(), body) for body in bodies if body)
        return next(readable("ticket", rows, self._ticket), None)

    async def waiting(self) -> tuple[Ticket, ...]:
        """Those that wait, next one first."""
        found = await self._all("waiting")
        return tuple(sorted(found, key=lambda one: (one.priority, one.rank, one.opened_at, one.id)))

    async def waiting_of(
        self, channel: str, sender: str, subject: str | None
    ) -> tuple[Ticket, ...]:
        """Those of one customer that wait."""
        return tuple(
            ticket
            for ticket in await self.waiting()
            if (ticket.channel, ticket.sender) == (channel, sender)
            or (subject is not None and ticket.subject == subject)
        )

    async def held(self) -> tuple[Ticket, ...]:
        """Those that any agent has taken and not ended, oldest first."""
        return _by(await self._all("taken"), "taken_at")

    async def taken_since(self, at: datetime) -> tuple[Ticket, ...]:
        """Those that were taken since an instant, ended or not."""
        return _by(await self._all("taken_at", at), "taken_at")

    async def left_since(self, at: datetime) -> tuple[Ticket, ...]:
        """Those whose customer left since an instant, newest first."""
        return _by(await self._all("left_at", at), "ended_at")[::-1]

    async def _all(self, kind: str, since: datetime | None = None) -> list[Ticket]:
        from_us = micros(since) if since is not None else 0
        found = await asyncio.gather(
            *(
                self._scripts.run("tickets", partition, kind, from_us)
                for partition in self._partitions.all()
            )
        )
        rows = (pair for flat in found for pair in zip(flat[::2], flat[1::2], strict=True))
        return list(readable("ticket", rows, self._ticket))

    def _ticket(self, row: tuple[bytes, bytes]) -> Ticket:
        ticket_id, body = row
        return self._form.read(Ticket, body, ticket_id.decode())


def _by(tickets: Iterable[Ticket], field: str) -> tuple[Ticket, ...]:
    return tuple(sorted(tickets, key=lambda one: getattr(one, field)))
