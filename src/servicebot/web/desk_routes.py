"""The desk's URL table: each route names who may call it, what it takes and what it answers."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from servicebot.domain.desk_people import Role
from servicebot.web import desk_api, desk_audit, desk_door, desk_oidc, desk_socket
from servicebot.web.answer_forms import (
    AgentDesk,
    Person,
    SessionsEnded,
    SupervisorDesk,
    TicketLines,
    TicketTold,
    Trail,
    Ways,
)
from servicebot.web.desk_access import ALL, AUDITS, ENDS_SESSIONS, PREFIX, SERVES, SUPERVISES
from servicebot.web.request_forms import Above, Assigning, FromProvider, Said, SigningIn
from servicebot.web.route import EVERYWHERE, FROM_A_PAGE, IN_A_CROWD, Form, Handler, Proof, Route

_TICKET: Final = {202: TicketTold}
_NOT_HERS: Final = (404, 409)


def _route(  # noqa: PLR0913  a row of the table
    method: str,
    path: str,
    handler: Handler,
    roles: frozenset[Role] | None,
    answers: Mapping[int, Form | None],
    *,
    refuses: tuple[int, ...] = (),
    body: type[Any] | None = None,
    query: type[Any] | None = None,
    words: str = "",
) -> Route:
    of_roles = (403,) if roles is not None else ()
    return Route(
        method=method,
        path=PREFIX + path,
        handler=handler,
        answers=answers,
        refuses=(*EVERYWHERE, *FROM_A_PAGE, *IN_A_CROWD, *of_roles, *refuses),
        body=body,
        query=query,
        proof=Proof.DESK_SESSION if roles is not None else None,
        roles=roles,
        words=words,
    )


_get, _post = partial(_route, "GET"), partial(_route, "POST")

DESK_ROUTES: Final = (
    _get("ways", desk_door.ways, None, {200: Ways}),
    _post("sign-in", desk_door.sign_in, None, {200: Person}, body=SigningIn),
    _post("sign-out", desk_door.sign_out, None, {204: None}),
    _get("bank-sign-in", desk_oidc.begin, None, {303: None}, refuses=(404,)),
    _get(
        "bank-sign-in/done",
        desk_oidc.finish,
        None,
        {303: None},
        refuses=(404,),
        query=FromProvider,
    ),
    _get("me", desk_door.me, ALL, {200: Person}),
    _get("queue", desk_api.queue, SERVES, {200: AgentDesk | SupervisorDesk}),
    _get("socket", desk_socket.desk_socket, SERVES, {101: None}, words=desk_socket.__doc__ or ""),
    _post("tickets/next", desk_api.take_next, SERVES, {202: TicketTold, 204: None}),
    _post("tickets/{ticket}/take", desk_api.take, SERVES, _TICKET, refuses=(409,)),
    _get(
        "tickets/{ticket}/lines",
        desk_api.lines,
        SERVES,
        {200: TicketLines},
        refuses=_NOT_HERS,
        query=Above,
    ),
    _post("tickets/{ticket}/say", desk_api.say, SERVES, _TICKET, refuses=_NOT_HERS, body=Said),
    _post("tickets/{ticket}/hand-back", desk_api.hand_back, SERVES, _TICKET, refuses=_NOT_HERS),
    _post("tickets/{ticket}/close", desk_api.close, SERVES, _TICKET, refuses=_NOT_HERS),
    _post(
        "tickets/{ticket}/assign",
        desk_api.assign,
        SUPERVISES,
        _TICKET,
        refuses=(409,),
        body=Assigning,
    ),
    _post("people/{name}/sign-out", desk_door.sign_other_out, ENDS_SESSIONS, {200: SessionsEnded}),
    _get("audit", desk_audit.show_trail, AUDITS, {200: Trail}),
)
