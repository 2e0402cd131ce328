"""Around every request: one log line, problems as documents, the loopback rule, faults.

The log holds the route's pattern and never a path: one-time tokens stand in paths.
"""

import ipaddress
import logging
import time

from aiohttp import web
from aiohttp.typedefs import Handler

from servicebot.sandbox_bank.bank import BANK
from servicebot.sandbox_bank.call import Reply
from servicebot.sandbox_bank.dispatch import respond
from servicebot.sandbox_bank.faults import handle_with_fault
from servicebot.sandbox_bank.problems import ProblemError

logger = logging.getLogger(__name__)


@web.middleware
async def log_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Write one line for each request."""
    started = time.perf_counter()
    response = await handler(request)
    resource = request.match_info.route.resource
    logger.info(
        "bank_call",
        extra={
            "method": request.method,
            "route": resource.canonical if resource else "unknown",
            "status": response.status,
            "ms": round((time.perf_counter() - started) * 1000, 1),
        },
    )
    return response


@web.middleware
async def answer_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever goes wrong into a problem document."""
    try:
        return await handler(request)
    except ProblemError as problem:
        return _document(problem)
    except web.HTTPException as refusal:
        return _translate(refusal)
    except Exception:
        logger.exception("bank_call_failed")
        return _document(ProblemError("internal_error", "see the bank's log"))


@web.middleware
async def keep_sandbox_local(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse /sandbox/... to callers from other machines."""
    if request.path.startswith("/sandbox/") and not is_loopback(request.remote):
        raise ProblemError("loopback_only", "call this from the bank's own machine")
    return await handler(request)


@web.middleware
async def play_faults(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let a queued fault have the call."""
    faults = request.app[BANK].faults
    fault = faults.take(request.method, request.path)
    if fault is None:
        return await handler(request)
    return await handle_with_fault(fault, faults, request, handler)


def is_loopback(peer: str | None) -> bool:
    """Tell whether a peer address is this machine; none (a Unix socket) is not taken for it."""
    try:
        address = ipaddress.ip_address(peer or "")
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def _document(problem: ProblemError) -> web.Response:
    return respond(Reply(status=problem.status, body=problem.body()))


def _translate(refusal: web.HTTPException) -> web.StreamResponse:
    """Put aiohttp's own refusals into the words of the contract."""
    match refusal:
        case web.HTTPNotFound():
            return _document(ProblemError("not_found", "no such path"))
        case web.HTTPMethodNotAllowed():
            response = _document(ProblemError("method_not_allowed", "see the Allow header"))
            response.headers["Allow"] = refusal.headers["Allow"]
            return response
        case web.HTTPRequestEntityTooLarge():
            return _document(ProblemError("body_too_large", "64 KiB at most"))
        case _:
            return _document(ProblemError("invalid_request", refusal.reason))
