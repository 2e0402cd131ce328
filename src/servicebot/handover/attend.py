"""Looks after those who wait: keeps promises at opening, and takes back who was left alone."""

from datetime import timedelta
from typing import Final

from servicebot.domain.errors import UnreadableError
from servicebot.domain.messages import DeskNews, InboundMessage
from servicebot.domain.tickets import Ticket
from servicebot.handover.desk_event import desk_event
from servicebot.handover.desk_reader import KnowsHours
from servicebot.handover.hours import opened_last
from servicebot.ports.clock import Clock
from servicebot.ports.mailbox import Mailbox
from servicebot.ports.presence import Presence
from servicebot.ports.tickets import Tickets
from servicebot.ports.timeline import Timeline

_SIGNED_OUT: Final = "signed-out"
SKEW: Final = timedelta(seconds=5)


class Attendant:
    """Tells conversations the news of the desk, through their mailbox and each once."""

    def __init__(  # noqa: PLR0913  three stores, the hours, who is there, the time and one setting
        self,
        *,
        tickets: Tickets,
        mailbox: Mailbox,
        timeline: Timeline,
        board: KnowsHours,
        presence: Presence,
        clock: Clock,
        silence: timedelta,
    ) -> None:
        """Takes the stores; after `silence` without a word of hers an agent loses the customer."""
        self._tickets = tickets
        self._mailbox = mailbox
        self._timeline = timeline
        self._board = board
        self._presence = presence
        self._clock = clock
        self._silence = silence

    async def keep_promises(self) -> None:
        """Writes to everybody who was promised it, once the desk is open.

        The promise stands on the ticket until the conversation has heard of it; the opening is
        part of the message's id, so a restart repeats nothing.
        """
        now = self._clock.now()
        # A little later than the opening: the store's clock may be behind this one.
        opened = opened_last(self._board.hours, now - SKEW)
        if opened is None:
            return
        for ticket in await self._tickets.waiting():
            if ticket.promised:
                key = f"opened/{opened.isoformat()}"
                await self._mailbox.accept(desk_event(DeskNews.OPENED, ticket, now, key=key))

    async def take_back_silent(self) -> None:
        """Takes customers back who have waited too long for a word of their agent."""
        now = self._clock.now()
        for ticket in await self._tickets.held():
            try:
                state = await self._timeline.conversation(ticket.conversation_id)
            except UnreadableError:  # its next message finds it; the others are looked after
                continue
            if state is None or state.held is None or state.ticket_id != ticket.id:
                continue
            since = state.held.owes_since
            if since is None or now - since < self._silence:
                continue
            news = desk_event(
                DeskNews.AGENT_GONE,
                ticket,
                now,
                key=f"silent/{since.isoformat()}",
                owed_since=since,
            )
            await self._mailbox.accept(news)

    async def signed_out(self, agent: str) -> int:
        """Takes back everybody an agent holds, once she is signed in nowhere.

        Returns:
            How many.
        """
        if await self._presence.is_here(agent):
            return 0
        held = [one for one in await self._tickets.held() if one.agent == agent]
        for ticket in held:
            await self._mailbox.accept(self._gone(ticket))
        return len(held)

    def _gone(self, ticket: Ticket) -> InboundMessage:
        taken = ticket.taken_at.isoformat() if ticket.taken_at is not None else ""
        key = f"{_SIGNED_OUT}/{taken}"
        return desk_event(DeskNews.AGENT_GONE, ticket, self._clock.now(), key=key)
