"""Whether the server lives, is ready, and what it counts."""

from aiohttp import web

from servicebot.web.services import SERVICES


async def healthz(request: web.Request) -> web.Response:  # noqa: ARG001  a handler's signature
    """The process answers."""
    return web.json_response({"status": "alive"})


async def readyz(request: web.Request) -> web.Response:
    """The process does its work: its loops live, its stores answer. Else 503 with what it waits for."""
    waits_for = await request.app[SERVICES].waits_for()
    if waits_for:
        return web.json_response({"status": "waiting", "for": list(waits_for)}, status=503)
    return web.json_response({"status": "ready"})


async def metrics(request: web.Request) -> web.Response:
    """Prometheus text; only for callers on this machine."""
    if request.remote not in {"127.0.0.1", "::1"} or "X-Forwarded-For" in request.headers:
        raise web.HTTPNotFound
    body = request.app[SERVICES].metrics.text()
    return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4"})
