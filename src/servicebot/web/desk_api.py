"""The desk's REST interface: sign in, the queue, take, say, hand back, close."""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from aiohttp import web

from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.domain.errors import RejectedError, SignatureError
from servicebot.domain.messages import AgentAct, AgentVerb, InboundMessage, OutboundMessage
from servicebot.domain.tickets import Departure, Ticket, TicketState
from servicebot.ports.mailbox import Accepted
from servicebot.screening.gate import forbidden_in
from servicebot.screening.reading import visible
from servicebot.turns.accept import answer_bell
from servicebot.turns.await_answers import await_answers
from servicebot.turns.throttle import Deed
from servicebot.web.client_address import client_address
from servicebot.web.desk_board import Board
from servicebot.web.origin import check_origin
from servicebot.web.read_json import identifier, line_number, read_object, words
from servicebot.web.services import SERVICES
from servicebot.web.wire import line_json, ticket_json

COOKIE: Final = "servicebot_desk"
ACT_S: Final = 10.0  # a turn before hers may wait for the bank
_NEXT_S: Final = 3.0  # then the ticket behind it is tried
_SLOW: Final = "The conversation is busy; the ticket appears as soon as it is yours."
_WHY_NOT: Final[Mapping[TicketState, str]] = {
    TicketState.WAITING: "You do not hold this ticket any more; it is back in the queue.",
    TicketState.TAKEN: "Somebody else has taken it.",
    TicketState.HANDED_BACK: "It was handed back to the bot.",
    TicketState.CLOSED: "It is closed.",
    TicketState.LEFT: "The customer has left the queue.",
}


async def signed_in(request: web.Request) -> str:
    """The agent who asks.

    Raises:
        SignatureError: Nobody is signed in, or another site's page asks.
    """
    check_origin(request)
    return await request.app[SERVICES].desk_sessions.agent_of(request.cookies.get(COOKIE, ""))


async def sign_in(request: web.Request) -> web.Response:
    """Checks name and password and sets the session cookie."""
    check_origin(request)
    await request.app[SERVICES].throttle.count(Deed.SIGN_IN, client_address(request))
    body = await read_object(request)
    name, password = words(body, "name"), words(body, "password")
    sessions = request.app[SERVICES].desk_sessions
    token = await sessions.sign_in(name, password)
    response = web.json_response({"agent": name})
    secure = request.app[SERVICES].settings.web.public_url.startswith("https://")
    response.set_cookie(COOKIE, token, httponly=True, samesite="Strict", secure=secure, path="/")
    return response


async def sign_out(request: web.Request) -> web.Response:
    """Ends the session; who is signed in nowhere any more loses her customers to the queue."""
    check_origin(request)
    services, token = request.app[SERVICES], request.cookies.get(COOKIE, "")
    with suppress(SignatureError):
        agent = await services.desk_sessions.agent_of(token)
        await services.desk_sessions.sign_out(token)
        await services.attendant.signed_out(agent)
    response = web.Response(status=204)
    response.del_cookie(COOKIE, path="/")
    return response


async def queue(request: web.Request) -> web.Response:
    """Who is signed in, what waits, and what the agent holds."""
    agent = await signed_in(request)
    board = await request.app[SERVICES].desk_board.now()
    return web.json_response(desk_state(board, agent))


async def take_next(request: web.Request) -> web.Response:
    """Gives the agent the next ticket; 204 where nothing waits."""
    return await _take(request, None)


async def take(request: web.Request) -> web.Response:
    """Gives the agent one ticket; 409 with the reason where it does not wait any more."""
    return await _take(request, request.match_info["ticket"])


async def lines(request: web.Request) -> web.Response:
    """The conversation of a ticket the agent holds, above `?after=`."""
    ticket = await held_ticket(request)
    shown = line_number(request.query.get("after", "0"))
    found = await request.app[SERVICES].timeline.lines(ticket.conversation_id, shown)
    return web.json_response(
        {"ticket": ticket_json(ticket), "lines": [line_json(line) for line in found]}
    )


async def say(request: web.Request) -> web.Response:
    """Says something to the customer; links and numbers off the allow-list are refused."""
    await held_ticket(request)
    body = await read_object(request)
    text = words(body, "text")
    services = request.app[SERVICES]
    allowed = services.allow_list.on(services.clock.now().astimezone(BANK_ZONE).date())
    if forbidden := forbidden_in(text, allowed):
        named = ", ".join(map(visible, forbidden))
        raise RejectedError(f"Not sent: {named} is not on the bank's list of links and numbers.")
    return await _act_on(request, AgentVerb.SAY, identifier(body, "id"), text)


async def hand_back(request: web.Request) -> web.Response:
    """Gives the conversation back to the bot."""
    return await _act_on(request, AgentVerb.HAND_BACK)


async def close(request: web.Request) -> web.Response:
    """Ends the ticket; the next message begins with the bot."""
    return await _act_on(request, AgentVerb.CLOSE)


def desk_state(board: Board, agent: str) -> dict[str, object]:
    """What the desk shows beside the conversation."""
    mine = [one for one in board.held if one.agent == agent]
    return {
        "agent": agent,
        "waiting": [ticket_json(ticket) for ticket in board.waiting],
        "mine": [ticket_json(ticket) for ticket in mine],
        "left": [ticket_json(ticket) for ticket in board.left],
    }


async def held_ticket(request: web.Request) -> Ticket:
    """The ticket of the path, if the agent holds it.

    Raises:
        HTTPNotFound: It is another agent's, or there is none; both look the same.
        HTTPConflict: It does not wait for her any more, with the reason.
    """
    agent = await signed_in(request)
    ticket = await request.app[SERVICES].tickets.find(request.match_info["ticket"])
    if ticket is not None and ticket.agent == agent and ticket.state is TicketState.TAKEN:
        return ticket
    if ticket is None or ticket.agent not in {agent, None}:
        raise web.HTTPNotFound(text="You do not hold this ticket.")
    raise web.HTTPConflict(text=why_not(ticket))


async def _take(request: web.Request, wanted: str | None) -> web.Response:
    """Asks the conversations one by one: whoever came first into a mailbox has the ticket."""
    agent = await signed_in(request)
    tickets = request.app[SERVICES].tickets
    if wanted is None:
        for ticket in await tickets.waiting():
            mine = await _taken(request, ticket, agent, _NEXT_S)
            if mine is not None:
                return _accepted(mine)
        return web.Response(status=204)
    ticket_named = await tickets.find(wanted)
    if ticket_named is not None:
        mine = await _taken(request, ticket_named, agent, ACT_S)
        if mine is not None:
            return _accepted(mine)
    now = await tickets.find(wanted)
    if now is not None and now.state is TicketState.WAITING:
        raise web.HTTPServiceUnavailable(text=_SLOW)
    raise web.HTTPConflict(text=why_not(now))


async def _taken(
    request: web.Request, ticket: Ticket, agent: str, within_s: float
) -> Ticket | None:
    """The ticket in her hands; None where somebody or something else was first, or is busy."""
    now: Ticket | None = ticket
    if ticket.state is TicketState.WAITING:
        with suppress(web.HTTPServiceUnavailable):
            await _act(request, ticket, agent, AgentVerb.TAKE, within_s=within_s)
        now = await request.app[SERVICES].tickets.find(ticket.id)
    if now is None or (now.state, now.agent) != (TicketState.TAKEN, agent):
        return None
    # She may have signed out while the conversation came to it: then nobody is there.
    await request.app[SERVICES].attendant.signed_out(agent)
    return now


def why_not(ticket: Ticket | None) -> str:
    """Why a ticket cannot be taken or answered, for the agent."""
    if ticket is None:
        return "There is no such ticket."
    if ticket.departure is Departure.SUPERSEDED:
        return "The customer now writes in another chat."
    return _WHY_NOT[ticket.state]


async def _act_on(
    request: web.Request, verb: AgentVerb, act_id: str = "", text: str = ""
) -> web.Response:
    """Does something with a ticket that she holds; what came too late is told and not done."""
    ticket = await held_ticket(request)
    said = await _act(request, ticket, ticket.agent or "", verb, act_id=act_id, text=text)
    if said is not None and not said:
        raise web.HTTPConflict(text=why_not(await request.app[SERVICES].tickets.find(ticket.id)))
    return _accepted(ticket)


async def _act(  # noqa: PLR0913  who does what with which ticket, in what time
    request: web.Request,
    ticket: Ticket,
    agent: str,
    verb: AgentVerb,
    *,
    act_id: str = "",
    text: str = "",
    within_s: float = ACT_S,
) -> tuple[OutboundMessage, ...] | None:
    """Puts the act into the conversation's mailbox and waits for the turn.

    Returns:
        What the customer was told; nothing where the act came too late; None where the
        conversation has not come to it yet.
    """
    services = request.app[SERVICES]
    message = InboundMessage(
        channel=ticket.channel,
        message_id=f"desk/{ticket.id}/{act_id or secrets.token_hex(8)}",
        conversation_id=ticket.conversation_id,
        sender=ticket.sender,
        received_at=services.clock.now(),
        content=AgentAct(verb=verb, agent=agent, ticket_id=ticket.id, text=text),
    )
    with services.bell.listen(answer_bell(message.channel, message.message_id)) as answered:
        accepted = await services.door.accept(message)
        if accepted is Accepted.FULL:
            raise web.HTTPServiceUnavailable(text="The conversation is busy. Try again.")
        is_new = accepted is Accepted.NEW
        return await await_answers(
            message, services.timeline, answered, services.clock, within_s, is_new=is_new
        )


def _accepted(ticket: Ticket) -> web.Response:
    return web.json_response({"ticket": ticket_json(ticket)}, status=202)
