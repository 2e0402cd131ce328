"""One route of the API: what answers it, and all that its document says of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, Final

from aiohttp import web

from servicebot.domain.desk_people import Role

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Form = type[Any] | UnionType

EVERYWHERE: Final = (408, 413, 414, 415)  # of `middlewares.limit`
IN_A_CROWD: Final = (429, 503)
FROM_A_PAGE: Final = (400, 401)  # of `origin.check_origin`


class Proof(StrEnum):
    """How who asks is known; the values are the names in the API's document."""

    API_TOKEN = "api_token"  # noqa: S105  a name
    METRICS_TOKEN = "metrics_token"  # noqa: S105  a name
    DESK_SESSION = "desk_session"
    BANK_SIGNATURE = "bank_signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A row of the URL table.

    Attributes:
        method: GET or POST.
        path: As aiohttp has it.
        handler: What answers; the first line of its docstring is the summary in the document.
        answers: The forms of its answers by status; None where there is no body, `str` is text,
            `bytes` a file.
        refuses: The statuses of its refusals.
        body: The form of the JSON that it takes.
        takes_file: Whether it takes a file instead.
        query: The form of its query.
        proof: How who asks is known; None where anybody may ask.
        roles: Who may, at the desk; None elsewhere, and for those who are not signed in yet.
        words: What else there is to say.
    """

    method: str
    path: str
    handler: Handler
    answers: Mapping[int, Form | None]
    refuses: tuple[int, ...] = EVERYWHERE
    body: type[Any] | None = None
    takes_file: bool = False
    query: type[Any] | None = None
    proof: Proof | None = None
    roles: frozenset[Role] | None = None
    words: str = ""

    def resource(self) -> web.RouteDef:
        """The row as aiohttp takes it."""
        return web.route(self.method, self.path, self.handler)
