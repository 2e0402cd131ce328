"""The URL table."""

from typing import Final

from aiohttp import web

from servicebot.web import health, pages, webhooks
from servicebot.web.api_routes import API_ROUTES, HEALTH_ROUTES
from servicebot.web.client_address import PROXIES
from servicebot.web.desk_access import DeskGuard, guarded
from servicebot.web.desk_routes import DESK_ROUTES
from servicebot.web.middlewares import MOST_BODY_BYTES, answer_errors, hold, limit
from servicebot.web.open_sockets import OPEN, OpenSockets, say_goodbye
from servicebot.web.openapi import serve_document
from servicebot.web.services import SERVICES, Services
from servicebot.web.studio_routes import STUDIO_ROUTES
from servicebot.web.upload import UPLOADS

_AROUND: Final = (hold, answer_errors, limit)


def build_health_app(services: Services) -> web.Application:
    """What a process without pages answers."""
    app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=_AROUND)
    app[SERVICES] = services
    app[PROXIES] = services.settings.web.proxies
    app.add_routes([route.resource() for route in HEALTH_ROUTES])
    app.router.add_get("/metrics", health.metrics_of_worker)
    return app


def build_app(services: Services) -> web.Application:
    """The HTTP application over its services."""
    around = (*_AROUND, guarded(DeskGuard((*DESK_ROUTES, *STUDIO_ROUTES))))
    app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=around)
    app[SERVICES] = services
    app[PROXIES] = services.settings.web.proxies
    app[UPLOADS] = frozenset((one.method, one.path) for one in API_ROUTES if one.takes_file)
    app[OPEN] = OpenSockets()
    app.on_shutdown.append(say_goodbye)
    app.add_routes(
        [
            web.get("/", pages.front_page),
            web.get("/chat", pages.chat_page),
            web.get("/desk", pages.desk_page),
            web.get("/studio", pages.studio_page),
            web.static("/static", pages.STATIC),
            web.get("/openapi.json", serve_document),
            *(route.resource() for route in API_ROUTES),
            web.get("/webhooks/wechat", webhooks.check_wechat_url),
            web.post("/webhooks/wechat", webhooks.post_wechat),
        ]
    )
    return app
