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
from servicebot.web.desk_access import DeskGuard, guarded
from servicebot.web.desk_routes import DESK_ROUTES, desk_routes
from servicebot.web.middlewares import MOST_BODY_BYTES, answer_errors, limit
from servicebot.web.open_sockets import OPEN, say_goodbye
from servicebot.web.services import SERVICES, Services

HEALTH: Final = (
    web.get("/healthz", health.healthz),
    web.get("/readyz", health.readyz),
    web.get("/metrics", health.metrics),
)


def build_health_app(services: Services) -> web.Application:
    """What a process without pages answers."""
    app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=[answer_errors, limit])
    app[SERVICES] = services
    app.add_routes(HEALTH)
    return app


def build_app(services: Services) -> web.Application:
    """The HTTP application over its services."""
    around = (answer_errors, limit, guarded(DeskGuard(DESK_ROUTES)))
    app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=around)
    app[SERVICES] = services
    app[OPEN] = []
    app.on_shutdown.append(say_goodbye)
    app.add_routes(
        [
            web.get("/", pages.front_page),
            web.get("/chat", pages.chat_page),
            web.get("/desk", pages.desk_page),
            web.static("/static", pages.STATIC),
            *HEALTH,
            web.post("/v1/messages", chat_api.post_message),
            web.post("/v1/chat/sessions", chat_api.post_session),
            web.get("/v1/chat/socket", chat_socket.chat_socket),
            *desk_routes(),
            web.post("/webhooks/bank", bank_events.post_bank_event),
            web.get("/webhooks/wechat", webhooks.check_wechat_url),
            web.post("/webhooks/wechat", webhooks.post_wechat),
        ]
    )
    return app
