"""The desk's REST interface: the queue, take, assign, say, hand back, close."""

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.domain.audit import AuditAct
from servicebot.domain.desk_people import DeskSession, Role
from servicebot.domain.errors import RejectedError
from servicebot.domain.messages import AgentVerb
from servicebot.domain.tickets import Ticket, TicketState
from servicebot.screening.gate import find_forbidden
from servicebot.screening.reading import visible
from servicebot.screening.spans import Kind
from servicebot.web.answer import answer
from servicebot.web.answer_forms import AgentDesk, SupervisorDesk, TicketLines, TicketTold
from servicebot.web.desk_access import SERVES, session_of
from servicebot.web.desk_act import ACT_S, Act, do
from servicebot.web.desk_board import Board
from servicebot.web.desk_refusals import DeskRefusedError, Refusal, why_not
from servicebot.web.desk_sending import said_by_agents, sending
from servicebot.web.read_form import read_body, read_query
from servicebot.web.request_forms import Above, Assigning, Said
from servicebot.web.services import SERVICES, Services
from servicebot.web.wire import shown_line, shown_ticket

_NEXT_S: Final = 3.0  # then the ticket behind it is tried
_WRITTEN: Final[Mapping[AgentVerb, AuditAct]] = {
    AgentVerb.TAKE: AuditAct.TICKET_TAKEN,
    AgentVerb.ASSIGN: AuditAct.TICKET_ASSIGNED,
    AgentVerb.SAY: AuditAct.WORDS_SENT,
    AgentVerb.HAND_BACK: AuditAct.HANDED_BACK,
    AgentVerb.CLOSE: AuditAct.CLOSED,
}


async def queue(request: web.Request) -> web.Response:
    """Who is signed in, what waits, and what the agent holds."""
    services, session = request.app[SERVICES], session_of(request)
    await services.desk_looks.at(request, session, AuditAct.QUEUE_SEEN)
    return answer(desk_state(await services.desk_board.now(), session))


async def take_next(request: web.Request) -> web.Response:
    """Gives the agent the next ticket; 204 where nothing waits."""
    for ticket in await request.app[SERVICES].tickets.waiting():
        mine = await _taken(request, ticket, _NEXT_S)
        if mine is not None:
            return _accepted(mine)
    return web.Response(status=204)


async def take(request: web.Request) -> web.Response:
    """Gives the agent one ticket; 409 with the reason where it does not wait any more."""
    tickets, wanted = request.app[SERVICES].tickets, request.match_info["ticket"]
    named = await tickets.find(wanted)
    mine = await _taken(request, named, ACT_S) if named is not None else None
    if mine is not None:
        return _accepted(mine)
    now = await tickets.find(wanted)
    if now is not None and now.state is TicketState.WAITING:
        raise DeskRefusedError(Refusal.SLOW, retry_after_s=1.0)
    raise why_not(now)


async def assign(request: web.Request) -> web.Response:
    """Gives a ticket that waits or that anybody holds to an agent, or to the supervisor herself."""
    services = request.app[SERVICES]
    agent = (await read_body(request, Assigning)).agent.strip()
    ticket = await services.tickets.find(request.match_info["ticket"])
    if ticket is None or ticket.state not in {TicketState.WAITING, TicketState.TAKEN}:
        raise why_not(ticket)
    if not any(one.role in SERVES for one in await services.desk_sessions.of(agent)):
        raise DeskRefusedError(Refusal.AGENT_ABSENT)
    await _write(request, AgentVerb.ASSIGN, ticket, agent)
    await do(request, Act(ticket=ticket, agent=agent, verb=AgentVerb.ASSIGN))
    now = await services.tickets.find(ticket.id)
    if now is None or (now.state, now.agent) != (TicketState.TAKEN, agent):
        raise why_not(now)
    await services.attendant.signed_out(agent)  # she may have gone meanwhile
    return _accepted(now)


async def lines(request: web.Request) -> web.Response:
    """The conversation of a ticket the agent holds, above `?after=`."""
    services, session = request.app[SERVICES], session_of(request)
    ticket = await visible_ticket(request, session)
    above = read_query(request, Above)
    act, whose = AuditAct.TICKET_SEEN, ticket.conversation_id
    await services.desk_looks.at(request, session, act, ticket.id, whose)
    found = await services.timeline.lines(ticket.conversation_id, above.after)
    told = TicketLines(
        ticket=shown_ticket(ticket),
        lines=tuple(map(shown_line, found)),
        sending=await sending(services, ticket, said_by_agents(found)),
    )
    return answer(told)


async def say(request: web.Request) -> web.Response:
    """Says something to the customer; what leads out of the bank is refused."""
    ticket = await held_ticket(request, session_of(request))
    said = await read_body(request, Said)
    if not visible(said.text).strip():
        raise RejectedError("`text` has no sign that anybody sees.")
    if refused := await _leads_out(request.app[SERVICES], said.text):
        act, detail = AuditAct.WORDS_REFUSED, refused.reason.value
        looks = request.app[SERVICES].desk_looks
        await looks.note(
            request, session_of(request), act, ticket.id, ticket.conversation_id, detail
        )
        raise refused
    return await _act_on(request, AgentVerb.SAY, said.id, said.text)


async def _leads_out(services: Services, text: str) -> DeskRefusedError | None:
    """Why words must not reach a customer; None where they may."""
    allowed = services.allow_list.on(services.clock.now().astimezone(BANK_ZONE).date())
    if forbidden := find_forbidden(text, allowed):
        named = ", ".join(visible(text[span.start : span.end]) for span in forbidden)
        only_asks = all(span.kind is Kind.REQUEST for span in forbidden)
        return DeskRefusedError(Refusal.LURE if only_asks else Refusal.NOT_ON_LIST, named=named)
    if lures := await services.lures.lures_in([text], allowed):
        return DeskRefusedError(Refusal.LURE, named=visible(lures[0]).strip())
    return None


async def hand_back(request: web.Request) -> web.Response:
    """Gives the conversation back to the bot."""
    return await _act_on(request, AgentVerb.HAND_BACK)


async def close(request: web.Request) -> web.Response:
    """Ends the ticket; the next message begins with the bot."""
    return await _act_on(request, AgentVerb.CLOSE)


def desk_state(board: Board, session: DeskSession) -> AgentDesk:
    """What the desk shows beside the conversation; a supervisor also sees what others hold."""
    state = AgentDesk(
        agent=session.agent,
        role=session.role,
        waiting=tuple(map(shown_ticket, board.waiting)),
        mine=tuple(shown_ticket(one) for one in board.held if one.agent == session.agent),
        left=tuple(map(shown_ticket, board.left)),
    )
    if session.role is not Role.SUPERVISOR:
        return state
    others = tuple(shown_ticket(one) for one in board.held if one.agent != session.agent)
    return SupervisorDesk(
        agent=state.agent,
        role=state.role,
        waiting=state.waiting,
        mine=state.mine,
        left=state.left,
        others=others,
    )


def may_see(ticket: Ticket, session: DeskSession) -> bool:
    """Whether the lines of a held ticket are hers to read."""
    is_hers = ticket.agent == session.agent or session.role is Role.SUPERVISOR
    return is_hers and ticket.state is TicketState.TAKEN


async def visible_ticket(request: web.Request, session: DeskSession) -> Ticket:
    """The ticket of the path, if its lines are hers to read.

    Raises:
        DeskRefusedError: It is another agent's, or there is none, which look the same; or it does
            not wait for her any more, with the reason.
    """
    ticket = await request.app[SERVICES].tickets.find(request.match_info["ticket"])
    if ticket is not None and may_see(ticket, session):
        return ticket
    if ticket is None or ticket.agent not in {session.agent, None}:
        raise DeskRefusedError(Refusal.NOT_HELD)
    raise why_not(ticket)


async def held_ticket(request: web.Request, session: DeskSession) -> Ticket:
    """The ticket of the path, if she holds it herself.

    Raises:
        DeskRefusedError: She does not.
    """
    ticket = await visible_ticket(request, session)
    if ticket.agent != session.agent:
        raise DeskRefusedError(Refusal.NOT_HELD)
    return ticket


async def _taken(request: web.Request, ticket: Ticket, within_s: float) -> Ticket | None:
    """The ticket in her hands; None where somebody or something else was first, or is busy.

    Asks the conversations one by one: whoever came first into a mailbox has the ticket.
    """
    services, agent = request.app[SERVICES], session_of(request).agent
    now: Ticket | None = ticket
    if ticket.state is TicketState.WAITING:
        await _write(request, AgentVerb.TAKE, ticket)
        act = Act(ticket=ticket, agent=agent, verb=AgentVerb.TAKE, within_s=within_s)
        await do(request, act, is_patient=True)
        now = await services.tickets.find(ticket.id)
    if now is None or (now.state, now.agent) != (TicketState.TAKEN, agent):
        return None
    # She may have signed out while the conversation came to it: then nobody is there.
    await services.attendant.signed_out(agent)
    return now


async def _act_on(
    request: web.Request, verb: AgentVerb, act_id: str = "", text: str = ""
) -> web.Response:
    """Does something with a ticket that she holds; what came too late is told and not done."""
    session = session_of(request)
    ticket = await held_ticket(request, session)
    await _write(request, verb, ticket, act_id)
    act = Act(ticket=ticket, agent=session.agent, verb=verb, act_id=act_id, text=text)
    said = await do(request, act)
    if said is not None and not said:
        raise why_not(await request.app[SERVICES].tickets.find(ticket.id))
    return _accepted(ticket)


async def _write(request: web.Request, verb: AgentVerb, ticket: Ticket, detail: str = "") -> None:
    """Every act stands in the audit trail before it is asked of the conversation; no word does."""
    looks, session = request.app[SERVICES].desk_looks, session_of(request)
    act, whose = _WRITTEN[verb], ticket.conversation_id
    await looks.note(request, session, act, ticket.id, whose, detail)


def _accepted(ticket: Ticket) -> web.Response:
    return answer(TicketTold(ticket=shown_ticket(ticket)), 202)
