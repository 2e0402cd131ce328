"""Whether the server lives, is ready, and what it counts."""

import hmac

from aiohttp import web

from servicebot.domain.errors import SignatureError
from servicebot.web.answer import answer
from servicebot.web.answer_forms import Alive, NotReady, Ready
from servicebot.web.services import SERVICES


async def healthz(request: web.Request) -> web.Response:  # noqa: ARG001  a handler's signature
    """The process answers."""
    return answer(Alive(status="alive"))


async def readyz(request: web.Request) -> web.Response:
    """The process does its work: its loops live, its stores answer. Else 503 with what it waits for."""
    waits_for = await request.app[SERVICES].waits_for()
    if waits_for:
        return answer(NotReady(status="waiting", waits_for=waits_for), 503)
    return answer(Ready(status="ready"))


async def metrics(request: web.Request) -> web.Response:
    """Prometheus text beside the customers' pages: only for who shows the token.

    Raises:
        HTTPNotFound: No token is set.
        SignatureError: Another one was shown.
    """
    wanted = request.app[SERVICES].settings.web.metrics_token
    if not wanted:
        raise web.HTTPNotFound(text="Set SERVICEBOT_WEB_METRICS_TOKEN to read the metrics here.")
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), wanted.encode()):
        raise SignatureError("Send `Authorization: Bearer <token>` with the token of the metrics.")
    return _metrics(request)


async def metrics_of_worker(request: web.Request) -> web.Response:
    """The same on the port of a process without pages: with the token, or from this machine."""
    if request.app[SERVICES].settings.web.metrics_token:
        return await metrics(request)
    if request.remote not in {"127.0.0.1", "::1"} or "X-Forwarded-For" in request.headers:
        raise web.HTTPNotFound
    return _metrics(request)


def _metrics(request: web.Request) -> web.Response:
    body = request.app[SERVICES].metrics.text()
    return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4"})
