"""Who may call which route of the desk; what is not named here nobody may."""

from typing import Final

from aiohttp import web
from aiohttp.typedefs import Middleware

from servicebot.domain.audit import AuditAct
from servicebot.domain.desk_people import DeskSession, Role
from servicebot.web.desk_refusals import DeskRefusedError, Refusal
from servicebot.web.origin import check_origin
from servicebot.web.route import Handler, Route
from servicebot.web.services import SERVICES

PREFIX: Final = "/v1/desk/"
STUDIO_PREFIX: Final = "/v1/studio/"
ALL: Final = frozenset(Role)
SERVES: Final = frozenset({Role.AGENT, Role.SUPERVISOR})
SUPERVISES: Final = frozenset({Role.SUPERVISOR})
AUDITS: Final = frozenset({Role.AUDITOR})
WRITES: Final = frozenset({Role.EDITOR, Role.APPROVER})
APPROVES: Final = frozenset({Role.APPROVER})
ENDS_SESSIONS: Final = frozenset({Role.SUPERVISOR, Role.ADMIN})
_PLAIN, _TLS_ONLY = "servicebot_desk", "__Host-servicebot_desk"
_SESSION: Final = web.RequestKey("desk_session", DeskSession)


class DeskGuard:
    """Stands before every handler of the desk and of the studio."""

    def __init__(self, routes: tuple[Route, ...]) -> None:
        self._routes = {(one.method, one.path): one for one in routes}

    def route_of(self, request: web.Request) -> Route | None:
        """The row of the table that a request came by; None where there is none."""
        resource = request.match_info.route.resource
        method = "GET" if request.method == "HEAD" else request.method
        return self._routes.get((method, resource.canonical)) if resource is not None else None

    async def admit(self, request: web.Request) -> None:
        """Lets pass who may.

        Raises:
            SignatureError: Another site's page asks.
            DeskRefusedError: Nobody is signed in, or their role does not allow it.
            UnavailableError: A store does not answer.
        """
        check_origin(request)
        if request.match_info.http_exception is not None:
            return  # there is no such URL, and the router says so
        route = self.route_of(request)
        if route is not None and route.roles is None:
            return
        services = request.app[SERVICES]
        session = await services.desk_sessions.find(token_of(request))
        if route is None or route.roles is None or session.role not in route.roles:
            tried = f"{request.method} {request.path}"
            await services.desk_looks.at(request, session, AuditAct.REFUSED, tried)
            raise DeskRefusedError(Refusal.NOT_ALLOWED)
        request[_SESSION] = session


def guarded(guard: DeskGuard) -> Middleware:
    """The guard as a middleware of the whole application."""

    @web.middleware
    async def admit(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith((PREFIX, STUDIO_PREFIX)):
            await guard.admit(request)
        return await handler(request)

    return admit


def session_of(request: web.Request) -> DeskSession:
    """Who asks; only for routes that name roles."""
    return request[_SESSION]


def is_over_tls(request: web.Request) -> bool:
    """Whether browsers reach this server over TLS."""
    return request.app[SERVICES].settings.web.public_url.startswith("https://")


def cookie_name(request: web.Request) -> str:
    """Over TLS a name that no other host of the domain can set."""
    return _TLS_ONLY if is_over_tls(request) else _PLAIN


def token_of(request: web.Request) -> str:
    """The session's token that the browser sent; empty for none."""
    return request.cookies.get(cookie_name(request), "")
