"""The desk's REST interface: sign in, the queue, take, say, hand back, close."""

import asyncio
from typing import Final

from aiohttp import web

from servicebot.domain.errors import RejectedError
from servicebot.domain.messages import AgentAct, AgentVerb, InboundMessage
from servicebot.domain.tickets import Ticket, TicketState
from servicebot.ports.mailbox import Accepted
from servicebot.turns.screen import forbidden_in
from servicebot.web.origin import check_origin
from servicebot.web.read_json import identifier, read_object, words
from servicebot.web.services import SERVICES, Services
from servicebot.web.wire import line_json, ticket_json

COOKIE: Final = "servicebot_desk"


def signed_in(request: web.Request) -> str:
    """The agent who asks.

    Raises:
        SignatureError: Nobody is signed in, or another site's page asks.
    """
    check_origin(request)
    return request.app[SERVICES].desk_sessions.agent_of(request.cookies.get(COOKIE, ""))


async def sign_in(request: web.Request) -> web.Response:
    """Checks name and password and sets the session cookie."""
    check_origin(request)
    body = await read_object(request)
    name, password = words(body, "name"), words(body, "password")
    sessions = request.app[SERVICES].desk_sessions
    token = await asyncio.to_thread(sessions.sign_in, name, password)
    response = web.json_response({"agent": name})
    secure = request.app[SERVICES].settings.web.public_url.startswith("https://")
    response.set_cookie(COOKIE, token, httponly=True, samesite="Strict", secure=secure, path="/")
    return response


async def sign_out(request: web.Request) -> web.Response:
    """Ends the session."""
    check_origin(request)
    request.app[SERVICES].desk_sessions.sign_out(request.cookies.get(COOKIE, ""))
    response = web.Response(status=204)
    response.del_cookie(COOKIE, path="/")
    return response


async def queue(request: web.Request) -> web.Response:
    """Who is signed in, what waits, and what the agent holds."""
    agent = signed_in(request)
    return web.json_response(await desk_state(request.app[SERVICES], agent))


async def take_next(request: web.Request) -> web.Response:
    """Gives the agent the next ticket; 204 where nothing waits."""
    return await _take(request, None)


async def take(request: web.Request) -> web.Response:
    """Gives the agent one ticket; 409 where somebody else was faster."""
    return await _take(request, request.match_info["ticket"])


async def lines(request: web.Request) -> web.Response:
    """The conversation of a ticket the agent holds, above `?after=`."""
    ticket = await held_ticket(request)
    after = request.query.get("after", "0")
    shown = int(after) if after.isdecimal() else 0
    found = await request.app[SERVICES].timeline.lines(ticket.conversation_id, shown)
    return web.json_response(
        {"ticket": ticket_json(ticket), "lines": [line_json(line) for line in found]}
    )


async def say(request: web.Request) -> web.Response:
    """Says something to the customer; links and numbers off the allow-list are refused."""
    ticket = await held_ticket(request)
    body = await read_object(request)
    text = words(body, "text")
    services = request.app[SERVICES]
    if forbidden := forbidden_in(text, services.allowed_origins):
        named = ", ".join(forbidden)
        raise RejectedError(f"Not sent: {named} is not on the bank's list of links and numbers.")
    return await _act(request, ticket, AgentVerb.SAY, identifier(body, "id"), text)


async def hand_back(request: web.Request) -> web.Response:
    """Gives the conversation back to the bot."""
    return await _act(request, await held_ticket(request), AgentVerb.HAND_BACK, "hand-back")


async def close(request: web.Request) -> web.Response:
    """Ends the ticket; the next message begins with the bot."""
    return await _act(request, await held_ticket(request), AgentVerb.CLOSE, "close")


async def desk_state(services: Services, agent: str) -> dict[str, object]:
    """What the desk shows beside the conversation."""
    waiting = await services.tickets.waiting()
    mine = await services.tickets.held_by(agent)
    return {
        "agent": agent,
        "waiting": [ticket_json(ticket) for ticket in waiting],
        "mine": [ticket_json(ticket) for ticket in mine],
    }


async def held_ticket(request: web.Request) -> Ticket:
    """The ticket of the path, if the agent holds it; else it is as if it were not there."""
    agent = signed_in(request)
    ticket = await request.app[SERVICES].tickets.find(request.match_info["ticket"])
    if ticket is None or ticket.agent != agent or ticket.state is not TicketState.TAKEN:
        raise web.HTTPNotFound(text="You do not hold this ticket.")
    return ticket


async def _take(request: web.Request, wanted: str | None) -> web.Response:
    agent = signed_in(request)
    ticket = await request.app[SERVICES].tickets.take(wanted, agent)
    if ticket is None:
        return web.Response(status=409 if wanted else 204)
    return await _act(request, ticket, AgentVerb.TAKE, "take")


async def _act(
    request: web.Request, ticket: Ticket, verb: AgentVerb, act_id: str, text: str = ""
) -> web.Response:
    services = request.app[SERVICES]
    act = AgentAct(verb=verb, agent=ticket.agent or "", ticket_id=ticket.id, text=text)
    message = InboundMessage(
        channel=ticket.channel,
        message_id=f"desk/{ticket.id}/{act_id}",
        conversation_id=ticket.conversation_id,
        sender=ticket.sender,
        received_at=services.clock.now(),
        content=act,
    )
    if await services.door.accept(message) is Accepted.FULL:
        raise web.HTTPServiceUnavailable(text="The conversation is busy. Try again.")
    return web.json_response({"ticket": ticket_json(ticket)}, status=202)
