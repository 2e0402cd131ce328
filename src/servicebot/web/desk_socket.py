"""The desk's WebSocket: tells when the queue or the watched conversation changed.

desk                              server
{type: watch, ticket, after} ->
                             <-   {type: queue, agent, waiting, mine}
                             <-   {type: lines, ticket, lines}
"""

import asyncio
from contextlib import suppress
from typing import Any, Final

from aiohttp import WSCloseCode, web

from servicebot.domain.errors import RejectedError, ServicebotError
from servicebot.domain.tickets import TicketState
from servicebot.web.desk_api import desk_state, signed_in
from servicebot.web.frames import frames_in_time
from servicebot.web.open_sockets import open_socket
from servicebot.web.read_json import identifier, line_number, parse_object
from servicebot.web.services import SERVICES, Services
from servicebot.web.wire import line_json

POLL_S: Final = 0.5


class _Watch:
    """The conversation an agent looks at."""

    def __init__(self) -> None:
        self.ticket_id: str | None = None
        self.shown = 0


async def desk_socket(request: web.Request) -> web.WebSocketResponse:
    """Serves one signed-in desk."""
    agent = await signed_in(request)
    services = request.app[SERVICES]
    async with open_socket(request) as socket:
        watch = _Watch()
        pusher = asyncio.create_task(_push_or_close(services, socket, agent, watch))
        try:
            async for text in frames_in_time(socket, services.clock):
                if _turn_to(watch, text):
                    await socket.send_json({"type": "pong"})
        finally:
            pusher.cancel()
            await asyncio.gather(pusher, return_exceptions=True)
    return socket


def _turn_to(watch: _Watch, data: str) -> bool:
    """Takes a frame of the desk; True where it only asked whether we still hear."""
    try:
        values = parse_object(data)
        if values.get("type") == "ping":
            return True
        watch.ticket_id = identifier(values, "ticket")
        watch.shown = line_number(values.get("after", 0))
    except RejectedError:
        watch.ticket_id = None
    return False


async def _push_or_close(
    services: Services, socket: web.WebSocketResponse, agent: str, watch: _Watch
) -> None:
    """Cuts a desk off whose state cannot be read; it comes back by itself."""
    with suppress(ServicebotError, ConnectionError):
        await _push(services, socket, agent, watch)
    await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)


async def _push(
    services: Services, socket: web.WebSocketResponse, agent: str, watch: _Watch
) -> None:
    told: dict[str, object] = {}
    while not socket.closed:
        state = desk_state(await services.desk_board.lately(), agent)
        if state != told:
            told = state
            await socket.send_json({"type": "queue", **state})
        lines = await _lines(services, agent, watch)
        if lines is not None:
            await socket.send_json(lines)
        await asyncio.sleep(POLL_S)


async def _lines(services: Services, agent: str, watch: _Watch) -> dict[str, Any] | None:
    if watch.ticket_id is None:
        return None
    ticket_id, shown = watch.ticket_id, watch.shown
    ticket = await services.tickets.find(ticket_id)
    if ticket is None or ticket.agent != agent or ticket.state is not TicketState.TAKEN:
        return None
    lines = await services.timeline.lines(ticket.conversation_id, shown)
    if not lines or watch.ticket_id != ticket_id:
        return None
    watch.shown = max(watch.shown, lines[-1].seq)
    return {"type": "lines", "ticket": ticket_id, "lines": [line_json(line) for line in lines]}
