"""The URL table."""

from typing import Final

from aiohttp import web

from servicebot.web import (
    bank_events,
    chat_api,
    chat_socket,
    health,
    pages,
    webhooks,
)
from servicebot.web.client_address import PROXIES
from servicebot.web.desk_access import DeskGuard, guarded
from servicebot.web.desk_routes import DESK_ROUTES, desk_routes
from servicebot.web.middlewares import MOST_BODY_BYTES, answer_errors, hold, limit
from servicebot.web.open_sockets import OPEN, OpenSockets, say_goodbye
from servicebot.web.services import SERVICES, Services

_AROUND: Final = (hold, answer_errors, limit)
_HEALTH: Final = (web.get("/healthz", health.healthz), web.get("/readyz", health.readyz))


def build_health_app(services: Services) -> web.Application:
    """What a process without pages answers."""
    app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=_AROUND)
    app[SERVICES] = services
    app[PROXIES] = services.settings.web.proxies
    app.add_routes([*_HEALTH, web.get("/metrics", health.metrics_of_worker)])
    return app


def build_app(services: Services) -> web.Application:
    """The HTTP application over its services."""
    around = (*_AROUND, guarded(DeskGuard(DESK_ROUTES)))
    app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=around)
    app[SERVICES] = services
    app[PROXIES] = services.settings.web.proxies
    app[OPEN] = OpenSockets()
    app.on_shutdown.append(say_goodbye)
    app.add_routes(
        [
            web.get("/", pages.front_page),
            web.get("/chat", pages.chat_page),
            web.get("/desk", pages.desk_page),
            web.static("/static", pages.STATIC),
            *_HEALTH,
            web.get("/metrics", health.metrics),
            web.post("/v1/messages", chat_api.post_message),
            web.post("/v1/chat/sessions", chat_api.post_session),
            web.post("/v1/chat/sessions/end", chat_api.end_session),
            web.get("/v1/chat/socket", chat_socket.chat_socket),
            *desk_routes(),
            web.post("/webhooks/bank", bank_events.post_bank_event),
            web.get("/webhooks/wechat", webhooks.check_wechat_url),
            web.post("/webhooks/wechat", webhooks.post_wechat),
        ]
    )
    return app
