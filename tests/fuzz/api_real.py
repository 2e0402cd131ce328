"""Gives a made-up request that fits the document something that is there."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from schemathesis import Case
from tests.fuzz.api_desk import ApiDesk
from tests.web.desk_stage import PEOPLE

from servicebot.domain.desk_people import Role

Change = Callable[[Case[Any], ApiDesk, str], None]


def make_real(path: str, case: Case[Any], desk: ApiDesk, who: str) -> None:
    """Changes the request of `who` to a route, where there is something to be asked about."""
    if path in _REAL:
        _REAL[path](case, desk, who)


def _message(case: Case[Any], desk: ApiDesk, _who: str) -> None:
    case.body, case.query = {**desk.question()}, {"wait": "1"}


def _rating(case: Case[Any], desk: ApiDesk, _who: str) -> None:
    case.body = {**desk.answered(), "solved": False}


def _next_chat(case: Case[Any], desk: ApiDesk, _who: str) -> None:
    case.body = {"language": "en", "former": desk.chat()}


def _chat(case: Case[Any], desk: ApiDesk, _who: str) -> None:
    case.body = {"ticket": desk.chat()}


def _password(case: Case[Any], desk: ApiDesk, _who: str) -> None:
    body, case.cookies = desk.signs_in()
    case.body = {**body}


def _session(case: Case[Any], desk: ApiDesk, _who: str) -> None:
    _, case.cookies = desk.comes()


def _person(case: Case[Any], desk: ApiDesk, _who: str) -> None:
    case.path_parameters = {"name": desk.comes()[0]}


def _queue(_case: Case[Any], desk: ApiDesk, _who: str) -> None:
    desk.waits()


def _waiting(case: Case[Any], desk: ApiDesk, _who: str) -> None:
    case.path_parameters = {"ticket": desk.waits()}


def _held(case: Case[Any], desk: ApiDesk, who: str) -> None:
    if PEOPLE.get(who) in {Role.AGENT, Role.SUPERVISOR}:
        case.path_parameters = {"ticket": desk.held(who)}


def _assigned(case: Case[Any], desk: ApiDesk, who: str) -> None:
    _held(case, desk, who)
    case.body = {"agent": "ann"}


def _news(case: Case[Any], desk: ApiDesk, _who: str) -> None:
    if isinstance(case.body, dict):
        case.body = {**case.body, "conversation": desk.conversation()}


_TICKET: Final = "/v1/desk/tickets/{ticket}"
_REAL: Final[Mapping[str, Change]] = {
    "/v1/messages": _message,
    "/v1/ratings": _rating,
    "/v1/chat/sessions": _next_chat,
    "/v1/chat/sessions/end": _chat,
    "/v1/desk/sign-in": _password,
    "/v1/desk/sign-out": _session,
    "/v1/desk/people/{name}/sign-out": _person,
    "/v1/desk/tickets/next": _queue,
    f"{_TICKET}/take": _waiting,
    f"{_TICKET}/lines": _held,
    f"{_TICKET}/say": _held,
    f"{_TICKET}/hand-back": _held,
    f"{_TICKET}/close": _held,
    f"{_TICKET}/assign": _assigned,
    "/webhooks/bank": _news,
}
