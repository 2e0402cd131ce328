"""The URL table."""

from typing import Final

from aiohttp import web

from servicebot.web import (
    bank_events,
    chat_api,
    chat_socket,
    desk_api,
    desk_socket,
    health,
    pages,
    webhooks,
)
from servicebot.web.middlewares import MOST_BODY_BYTES, answer_errors, hold, limit
from servicebot.web.open_sockets import OPEN, OpenSockets, say_goodbye
from servicebot.web.services import SERVICES, Services

_AROUND: Final = (hold, answer_errors, limit)
_HEALTH: Final = (web.get("/healthz", health.healthz), web.get("/readyz", health.readyz))


def build_health_app(services: Services) -> web.Application:
    """What a process without pages answers."""
    app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=_AROUND)
    app[SERVICES] = services
    app.add_routes([*_HEALTH, web.get("/metrics", health.metrics_of_worker)])
    return app


def build_app(services: Services) -> web.Application:
    """The HTTP application over its services."""
    app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=_AROUND)
    app[SERVICES] = services
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
            web.get("/v1/chat/socket", chat_socket.chat_socket),
            web.post("/v1/desk/sign-in", desk_api.sign_in),
            web.post("/v1/desk/sign-out", desk_api.sign_out),
            web.get("/v1/desk/queue", desk_api.queue),
            web.get("/v1/desk/socket", desk_socket.desk_socket),
            web.post("/v1/desk/tickets/next", desk_api.take_next),
            web.post("/v1/desk/tickets/{ticket}/take", desk_api.take),
            web.get("/v1/desk/tickets/{ticket}/lines", desk_api.lines),
            web.post("/v1/desk/tickets/{ticket}/say", desk_api.say),
            web.post("/v1/desk/tickets/{ticket}/hand-back", desk_api.hand_back),
            web.post("/v1/desk/tickets/{ticket}/close", desk_api.close),
            web.post("/webhooks/bank", bank_events.post_bank_event),
            web.get("/webhooks/wechat", webhooks.check_wechat_url),
            web.post("/webhooks/wechat", webhooks.post_wechat),
        ]
    )
    return app
