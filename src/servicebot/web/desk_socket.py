"""The desk's WebSocket: tells when the queue or the watched conversation changed.

    desk                              server
    {type: watch, ticket, after, at} ->
                                      <-   {type: queue, agent, waiting, mine}
                                      <-   {type: lines, ticket, lines, anew}
                                      <-   {type: sending, ticket, left,
                                            lines: [{message_id, rank, fate}]}
    {type: ping}                     ->
                                      <-   {type: pong}

It is closed as soon as its session ends, also when it ends through another process.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from aiohttp import WSCloseCode, web

from servicebot.domain.audit import AuditAct
from servicebot.domain.errors import RejectedError, ServicebotError
from servicebot.domain.tickets import Ticket
from servicebot.ports.timeline import Timeline
from servicebot.web.answer import frame
from servicebot.web.answer_forms import AgentDesk, Sending, WatchedLines
from servicebot.web.desk_access import session_of
from servicebot.web.desk_api import desk_state, may_see
from servicebot.web.desk_sending import said_by_agents, said_until, sending
from servicebot.web.desk_session import session_bell
from servicebot.web.frames import frames_in_time
from servicebot.web.open_sockets import open_socket
from servicebot.web.read_form import read_values
from servicebot.web.read_json import parse_object
from servicebot.web.reading import NOTHING, Reading
from servicebot.web.request_forms import Shown, Watching
from servicebot.web.services import SERVICES, Services
from servicebot.web.wire import shown_line

POLL_S: Final = 0.5
SIGNED_OUT: Final = 4401


class _Watch:
    """The conversation an agent looks at."""

    def __init__(self) -> None:
        self.ticket_id: str | None = None
        self.shown: Shown = NOTHING
        self.reading: Reading | None = None
        self.said: tuple[str, ...] | None = None
        self.told: Sending | None = None


async def desk_socket(request: web.Request) -> web.WebSocketResponse:
    """Serves one signed-in desk."""
    async with open_socket(request) as socket:
        watch = _Watch()
        listener = asyncio.create_task(_listen(request, socket, watch))
        pusher = asyncio.create_task(_push_until_ended(request, socket, watch))
        both = (listener, pusher)
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            told = pusher.result() if pusher.done() else None
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
        if told is not None:  # only now: who still reads would take the goodbye for the client's
            await socket.close(code=told)
    return socket


async def _listen(request: web.Request, socket: web.WebSocketResponse, watch: _Watch) -> None:
    async for text in frames_in_time(socket, request.app[SERVICES].clock):
        if _turn_to(watch, text):
            await socket.send_str(frame("pong"))


def _turn_to(watch: _Watch, data: str) -> bool:
    """Takes a frame of the desk; True where it only asked whether we still hear."""
    try:
        values = parse_object(data)
        if values.get("type") == "ping":
            return True
        watching = read_values(values, Watching)
        watch.shown, watch.ticket_id = watching, watching.ticket
        watch.said = watch.told = None
    except RejectedError:
        watch.ticket_id = None
    watch.reading = None
    return False


async def _push_until_ended(
    request: web.Request, socket: web.WebSocketResponse, watch: _Watch
) -> int:
    """Tells what is new until the session ends, or cannot be read: then the desk comes back.

    Returns:
        With which code the socket is to be closed.
    """
    with suppress(ServicebotError, ConnectionError):
        await _push(request, socket, watch)
        return SIGNED_OUT
    return WSCloseCode.TRY_AGAIN_LATER


async def _push(request: web.Request, socket: web.WebSocketResponse, watch: _Watch) -> None:
    """Tells what is new until the session ends."""
    services, session = request.app[SERVICES], session_of(request)
    told: AgentDesk | None = None
    with services.bell.listen(session_bell(session.id)) as ended:
        while await services.desk_sessions.is_live(session):
            await services.desk_looks.at(request, session, AuditAct.QUEUE_SEEN)
            state = desk_state(await services.desk_board.lately(), session)
            if state != told:
                told = state
                await socket.send_str(frame("queue", state))
            for text in await _frames(request, watch):
                if await services.desk_sessions.is_live(session):
                    await socket.send_str(text)
            await ended.wait(POLL_S)


async def _frames(request: web.Request, watch: _Watch) -> Sequence[str]:
    """What is new in the watched conversation: its lines, then how far those that are sent are."""
    services, session = request.app[SERVICES], session_of(request)
    if watch.ticket_id is None:
        return ()
    ticket = await services.tickets.find(watch.ticket_id)
    if ticket is None or not may_see(ticket, session):
        return ()
    whose = ticket.conversation_id
    await services.desk_looks.at(request, session, AuditAct.TICKET_SEEN, ticket.id, whose)
    lines = await _lines(services.timeline, watch, ticket)
    told = await _sending(services, watch, ticket)
    if watch.ticket_id != ticket.id:
        return ()
    return [text for text in (lines, told) if text is not None]


async def _lines(timeline: Timeline, watch: _Watch, ticket: Ticket) -> str | None:
    if watch.said is None:
        watch.said = await said_until(timeline, ticket.conversation_id, watch.shown.after)
    reading = watch.reading or Reading(timeline, ticket.conversation_id, watch.shown)
    watch.reading = reading
    further = await reading.further()
    if watch.reading is not reading or not (further.lines or further.anew):
        return None
    watch.said = said_by_agents(further.lines, () if further.anew else watch.said)
    lines = tuple(map(shown_line, further.lines))
    return frame("lines", WatchedLines(ticket=ticket.id, lines=lines, anew=further.anew))


async def _sending(services: Services, watch: _Watch, ticket: Ticket) -> str | None:
    told = await sending(services, ticket, watch.said or ())
    if watch.ticket_id != ticket.id or told == watch.told:
        return None
    watch.told = told
    return frame("sending", told, ticket=ticket.id)
