"""Around every request: limits first, then the handler, then errors and headers."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from servicebot.domain.errors import (
    RejectedError,
    SignatureError,
    TooLargeError,
    UnavailableError,
)

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
    except SignatureError as error:
        response = _problem(401, error)
    except (TooLargeError, web.HTTPRequestEntityTooLarge):
        response = _problem(413, TooLargeError(f"At most {MOST_BODY_BYTES} bytes."))
    except RejectedError as error:
        response = _problem(400, error)
    except UnavailableError as error:
        response = _problem(503, error)
        response.headers["Retry-After"] = str(max(1, round(error.retry_after_s or 1)))
    except web.HTTPException:
        raise
    except Exception:
        _logger.exception("request_failed", extra={"path": request.path})
        response = web.json_response({"status": 500, "detail": "Internal error."}, status=500)
    if not response.prepared:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
    return response


def _problem(status: int, error: Exception) -> web.Response:
    return web.json_response(
        {"status": status, "detail": str(error)},
        status=status,
        content_type="application/problem+json",
    )
