"""Around every request: limits first, then the handler, then errors and headers."""

import logging
import math
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from servicebot.domain.errors import (
    RejectedError,
    ServicebotError,
    SignatureError,
    TooLargeError,
    UnavailableError,
)
from servicebot.web.desk_refusals import DeskRefusedError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MOST_BODY_BYTES: Final = 64 * 1024
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_STATUS: Final = (
    (SignatureError, 401),
    (TooLargeError, 413),
    (RejectedError, 400),
    (UnavailableError, 503),
    (ServicebotError, 500),
)
_FIRST_ERROR: Final = 400
_logger = logging.getLogger(__name__)


@web.middleware
async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses bodies that are too large or compressed before they are read."""
    if (request.content_length or 0) > MOST_BODY_BYTES:
        raise TooLargeError(f"At most {MOST_BODY_BYTES} bytes.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise web.HTTPUnsupportedMediaType(text="Compressed bodies are not taken.")
    return await handler(request)


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns errors into answers; what went wrong inside is logged and not told."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        if error.status < _FIRST_ERROR:
            raise
        response = _problem(error.status, error.text or error.reason)
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
    """An upgrade of the pages is seen at once: their files are asked for anew each time."""
    static = request.path.startswith("/static/")
    return {**_HEADERS, "Cache-Control": "no-cache"} if static else dict(_HEADERS)


def _problem(status: int, detail: str, **further: str) -> web.Response:
    told = {"status": status, "detail": detail, **further}
    return web.json_response(told, status=status, content_type="application/problem+json")


def _refuse(error: DeskRefusedError) -> web.Response:
    """With a code and what it is about, so that the page can tell it in its language."""
    further = {"reason": error.reason.value, "named": error.named}
    response = _problem(error.status, str(error), **further)
    if error.retry_after_s is not None:
        response.headers["Retry-After"] = str(max(1, math.ceil(error.retry_after_s)))
    return response


def _answer(error: ServicebotError) -> web.Response:
    status = next(code for kind, code in _STATUS if isinstance(error, kind))
    response = _problem(status, str(error))
    if isinstance(error, UnavailableError):
        response.headers["Retry-After"] = str(max(1, round(error.retry_after_s or 1)))
    return response
