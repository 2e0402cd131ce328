"""The desk's URL table: each route names who may call it."""

from typing import Final

from aiohttp import web

from servicebot.domain.desk_people import Role
from servicebot.web import desk_api, desk_audit, desk_door, desk_oidc, desk_socket
from servicebot.web.desk_access import (
    ALL,
    AUDITS,
    ENDS_SESSIONS,
    PREFIX,
    SERVES,
    SUPERVISES,
    DeskRoute,
    Handler,
)


def _get(path: str, handler: Handler, roles: frozenset[Role] | None) -> DeskRoute:
    return DeskRoute(method="GET", path=path, handler=handler, roles=roles)


def _post(path: str, handler: Handler, roles: frozenset[Role] | None) -> DeskRoute:
    return DeskRoute(method="POST", path=path, handler=handler, roles=roles)


DESK_ROUTES: Final = (
    _get("ways", desk_door.ways, None),
    _post("sign-in", desk_door.sign_in, None),
    _post("sign-out", desk_door.sign_out, None),
    _get("bank-sign-in", desk_oidc.begin, None),
    _get("bank-sign-in/done", desk_oidc.finish, None),
    _get("me", desk_door.me, ALL),
    _get("queue", desk_api.queue, SERVES),
    _get("socket", desk_socket.desk_socket, SERVES),
    _post("tickets/next", desk_api.take_next, SERVES),
    _post("tickets/{ticket}/take", desk_api.take, SERVES),
    _get("tickets/{ticket}/lines", desk_api.lines, SERVES),
    _post("tickets/{ticket}/say", desk_api.say, SERVES),
    _post("tickets/{ticket}/hand-back", desk_api.hand_back, SERVES),
    _post("tickets/{ticket}/close", desk_api.close, SERVES),
    _post("tickets/{ticket}/assign", desk_api.assign, SUPERVISES),
    _post("people/{name}/sign-out", desk_door.sign_other_out, ENDS_SESSIONS),
    _get("audit", desk_audit.show_trail, AUDITS),
)


def desk_routes() -> list[web.RouteDef]:
    """The table as aiohttp takes it."""
    return [web.route(one.method, PREFIX + one.path, one.handler) for one in DESK_ROUTES]
