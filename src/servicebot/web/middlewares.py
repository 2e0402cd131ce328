"""Around every request: limits first, then the handler, then errors and headers."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import hdrs, web

from servicebot.domain.content_refusal import ContentRefusedError
from servicebot.domain.errors import (
    RejectedError,
    ServicebotError,
    SignatureError,
    TooLargeError,
    TooManyError,
    UnavailableError,
    UnknownAnswerError,
)
from servicebot.turns.throttle import Deed
from servicebot.web.answer import answer
from servicebot.web.answer_forms import DeskProblem, Problem
from servicebot.web.client_address import client_address
from servicebot.web.connections import CONNECTIONS
from servicebot.web.content_problem import PROBLEM, content_problem
from servicebot.web.desk_refusals import DeskRefusedError
from servicebot.web.security_headers import security_headers
from servicebot.web.services import SERVICES
from servicebot.web.turnstile import TURNSTILE
from servicebot.web.upload import refuse_large, takes_file

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

STATIC_FILES: Final = "/static/"
MOST_NAME_BYTES: Final = 255
MOST_BODY_BYTES: Final = 64 * 1024
MOST_PATH: Final = 2_000
BODY_S: Final = 10.0
AGAIN_LATER: Final = "Retry-After"
# Programs with a token or a signature send for many; who asks after health asks for all.
_HEALTH: Final = ("/healthz", "/readyz", "/metrics")
_NOT_BY_ADDRESS: Final = ("/v1/messages", "/v1/ratings", "/webhooks/", *_HEALTH)
_STATUS: Final = (
    (SignatureError, 401),
    (TooLargeError, 413),
    (UnknownAnswerError, 404),
    (RejectedError, 400),
    (TooManyError, 429),
    (UnavailableError, 503),
    (ServicebotError, 500),
)
_FIRST_ERROR: Final = 400
_logger = logging.getLogger(__name__)


@web.middleware
async def hold(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tells the connections that this one is at work, and lets it begin when it is its turn."""
    connections, turnstile = request.app.get(CONNECTIONS), request.app.get(TURNSTILE)
    if connections is None or turnstile is None:
        return await handler(request)
    with connections.at_work(request.transport):
        if not request.path.startswith(_HEALTH):
            await turnstile.pass_through(client_address(request))
        return await handler(request)


@web.middleware
async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses who asks too often, and bodies that are too large, compressed or too slow."""
    if not request.path.startswith(_NOT_BY_ADDRESS):
        throttle = request.app[SERVICES].throttle
        await throttle.count_here(Deed.REQUEST, client_address(request))
    if len(request.path_qs) > MOST_PATH:
        raise web.HTTPRequestURITooLong(text=f"At most {MOST_PATH} characters.")
    if (
        request.path.startswith(STATIC_FILES)
        and len(request.path.encode(errors="replace")) > MOST_NAME_BYTES
    ):
        raise web.HTTPNotFound  # the disk knows no such name, and says so with an error
    is_file = takes_file(request)  # it is read by its handler, once it is known who sends it
    if is_file:
        refuse_large(request.content_length or 0)
    elif (request.content_length or 0) > MOST_BODY_BYTES:
        raise TooLargeError(f"At most {MOST_BODY_BYTES} bytes.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise web.HTTPUnsupportedMediaType(text="Compressed bodies are not taken.")
    if request.can_read_body and not is_file:
        await _read_in_time(request)
    return await handler(request)


async def _read_in_time(request: web.Request) -> None:
    """Reads the body, which the handlers then find read; a slow one ends its connection."""
    if request.content.is_eof():  # it came with its header
        await request.read()
        return
    try:
        async with asyncio.timeout(BODY_S):
            await request.read()
    except TimeoutError as error:
        slow = web.HTTPRequestTimeout(text=f"The body did not come within {BODY_S:.0f} s.")
        raise slow from error


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns errors into answers; what went wrong inside is logged and not told."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        if error.status < _FIRST_ERROR:
            error.headers.update(_headers_of(request))
            raise
        response = _of_http(error)
    except DeskRefusedError as error:
        response = _refuse(error)
    except ServicebotError as error:
        response = _answer(error)
    except Exception:
        _logger.exception("request_failed", extra={"path": request.path})
        response = _problem(500, "Internal error.")
    if not response.prepared:
        response.headers.update({**_headers_of(request), **response.headers})
    return response


def _headers_of(request: web.Request) -> dict[str, str]:
    """What every answer bears.

    Files of the pages are asked for anew each time, so that an upgrade is seen at once; nothing
    else is kept by a browser.
    """
    headers = security_headers(request.app[SERVICES].settings.web.public_url)
    keeps = "no-cache" if request.path.startswith(STATIC_FILES) else "no-store"
    return {**headers, "Cache-Control": keeps}


def _problem(status: int, detail: str) -> web.Response:
    # Half a character may stand in what a library says of a header.
    whole = detail.encode(errors="backslashreplace").decode()
    return answer(Problem(status=status, detail=whole), status, content_type=PROBLEM)


def _of_http(error: web.HTTPException) -> web.Response:
    response = _problem(error.status, error.text or error.reason)
    if isinstance(error, web.HTTPMethodNotAllowed):
        response.headers[hdrs.ALLOW] = error.headers[hdrs.ALLOW]
    if isinstance(error, web.HTTPRequestTimeout):
        response.force_close()
    return response


def _refuse(error: DeskRefusedError) -> web.Response:
    """With a code and what it is about, so that the page can tell it in its language."""
    told = DeskProblem(
        status=error.status, detail=str(error), reason=error.reason, named=error.named
    )
    response = answer(told, error.status, content_type=PROBLEM)
    if error.retry_after_s is not None:
        response.headers[AGAIN_LATER] = str(max(1, math.ceil(error.retry_after_s)))
    return response


def _answer(error: ServicebotError) -> web.Response:
    status = next(code for kind, code in _STATUS if isinstance(error, kind))
    if isinstance(error, ContentRefusedError):
        return content_problem(status, error)
    response = _problem(status, str(error))
    if isinstance(error, UnavailableError):
        response.headers[AGAIN_LATER] = str(max(1, math.ceil(error.retry_after_s or 1)))
    return response
