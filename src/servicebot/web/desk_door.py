"""Signing in and out at the desk."""

from contextlib import suppress
from typing import Final

from aiohttp import web

from servicebot.domain.audit import AuditAct
from servicebot.turns.throttle import Deed
from servicebot.web.answer import answer
from servicebot.web.answer_forms import Person, SessionsEnded, Ways
from servicebot.web.client_address import client_address
from servicebot.web.desk_access import cookie_name, is_over_tls, session_of, token_of
from servicebot.web.desk_refusals import DeskRefusedError
from servicebot.web.known_device import LIFETIME_S, cookie_of
from servicebot.web.read_form import read_body
from servicebot.web.request_forms import SigningIn
from servicebot.web.services import SERVICES
from servicebot.web.sign_in import Credentials

_MOST_NAME: Final = 100
_PATH: Final = "/v1/desk/"


async def ways(request: web.Request) -> web.Response:
    """How one may sign in here."""
    oidc = request.app[SERVICES].oidc
    return answer(Ways(bank=oidc is not None))


async def sign_in(request: web.Request) -> web.Response:
    """Checks name, password and code, and sets the session's cookie."""
    typed = await read_body(request, SigningIn)
    name = typed.name.strip()[:_MOST_NAME]
    address, device = client_address(request), request.cookies.get(cookie_of(name), "")
    if not device:  # a device that is known, or says so, has its own count behind this door
        await request.app[SERVICES].throttle.count(Deed.SIGN_IN, address)
    credentials = Credentials(
        name=name, password=typed.password, code=typed.code, address=address, device=device
    )
    done = await request.app[SERVICES].desk_sign_in.sign_in(credentials)
    response = answer(Person(agent=done.name, role=done.role))
    set_session(request, response, done.token)
    if done.device is not None:
        response.set_cookie(
            cookie_of(name),
            done.device,
            max_age=LIFETIME_S,
            httponly=True,
            samesite="Strict",
            secure=is_over_tls(request),
            path=_PATH,
        )
    return response


async def me(request: web.Request) -> web.Response:
    """Who is signed in, and as what."""
    session = session_of(request)
    return answer(Person(agent=session.agent, role=session.role))


async def sign_out(request: web.Request) -> web.Response:
    """Ends the session; who is signed in nowhere any more loses her customers to the queue."""
    services = request.app[SERVICES]
    with suppress(DeskRefusedError):
        session = await services.desk_sessions.find(token_of(request))
        await services.desk_looks.note(request, session, AuditAct.SIGNED_OUT)
        await services.desk_sessions.end(session)
        await services.attendant.signed_out(session.agent)
    response = web.Response(status=204)
    response.del_cookie(cookie_name(request), path="/", secure=is_over_tls(request))
    return response


async def sign_other_out(request: web.Request) -> web.Response:
    """Ends every session of somebody else; their customers go back to the queue."""
    services, session = request.app[SERVICES], session_of(request)
    name = request.match_info["name"]
    await services.desk_looks.note(request, session, AuditAct.SIGNED_OUT_BY_OTHER, name)
    ended = await services.desk_sessions.end_all(name)
    await services.attendant.signed_out(name)
    return answer(SessionsEnded(ended=ended))


def set_session(request: web.Request, response: web.Response, token: str) -> None:
    """Gives the browser its session; it ends with the browser, at the latest with the shift."""
    secure = is_over_tls(request)
    response.set_cookie(
        cookie_name(request), token, httponly=True, samesite="Strict", secure=secure, path="/"
    )
