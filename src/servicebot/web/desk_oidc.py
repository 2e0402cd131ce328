"""The two ends of signing in with the bank's account; both lead to fixed places only."""

from typing import Final

from aiohttp import web

from servicebot.domain.audit import AuditAct, AuditEntry
from servicebot.domain.errors import RejectedError, UnavailableError
from servicebot.web.bank_sign_in import BEGUN_S, BankPerson, BankSignIn
from servicebot.web.client_address import client_address
from servicebot.web.desk_access import is_over_tls
from servicebot.web.desk_door import set_session
from servicebot.web.desk_refusals import DeskRefusedError, Refusal
from servicebot.web.read_form import read_query
from servicebot.web.request_forms import FromProvider
from servicebot.web.services import SERVICES

COOKIE: Final = "servicebot_bank_sign_in"
_PATH: Final = "/v1/desk/bank-sign-in"


async def begin(request: web.Request) -> web.Response:
    """Sends the browser to the provider."""
    try:
        begun = await _provider(request).begin()
    except UnavailableError:
        return _leads_to(f"/desk#refused={Refusal.BANK_SIGN_IN_FAILED.value}")
    response = _leads_to(begun.url)
    response.set_cookie(
        COOKIE,
        begun.cookie,
        max_age=BEGUN_S,
        httponly=True,
        samesite="Lax",  # the browser comes back from another site
        secure=is_over_tls(request),
        path=_PATH,
    )
    return response


async def finish(request: web.Request) -> web.Response:
    """Takes the browser back, signed in or with the reason why not."""
    try:
        response = await _signed_in(request)
    except DeskRefusedError as error:
        response = _leads_to(f"/desk#refused={error.reason.value}")
    except (RejectedError, UnavailableError):
        response = _leads_to(f"/desk#refused={Refusal.BANK_SIGN_IN_FAILED.value}")
    response.del_cookie(COOKIE, path=_PATH)
    return response


async def _signed_in(request: web.Request) -> web.Response:
    services, provider = request.app[SERVICES], _provider(request)
    sent = read_query(request, FromProvider)
    person = await provider.finish(request.cookies.get(COOKIE, ""), sent.state, sent.code)
    if await services.desk_sign_in.account(person.name) is not None:
        raise DeskRefusedError(Refusal.NO_ROLE)  # a password account has this name: not hers
    await services.audit.append(_entry(request, person))
    token = await services.desk_sessions.begin(person.name, person.role)
    response = _leads_to("/desk#signed-in")
    set_session(request, response, token)
    return response


def _provider(request: web.Request) -> BankSignIn:
    oidc = request.app[SERVICES].oidc
    if oidc is None:
        raise web.HTTPNotFound
    return oidc


def _entry(request: web.Request, person: BankPerson) -> AuditEntry:
    return AuditEntry(
        at=request.app[SERVICES].clock.now(),
        who=person.name,
        role=person.role.value,
        act=AuditAct.SIGNED_IN,
        address=client_address(request),
        detail="bank",
    )


def _leads_to(url: str) -> web.Response:
    return web.Response(status=303, headers={"Location": url, "Cache-Control": "no-store"})
