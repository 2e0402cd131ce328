"""Pages of other sites may not use the browser's rights here."""

from urllib.parse import urlsplit

from aiohttp import web

from servicebot.domain.errors import SignatureError
from servicebot.web.services import SERVICES


def check_origin(request: web.Request) -> None:
    """Lets a request pass whose Origin is this server, or that has none (no browser).

    Raises:
        SignatureError: The request comes from another site's page.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return
    public = request.app[SERVICES].settings.web.public_url
    hosts = {request.host, urlsplit(public).netloc} if public else {request.host}
    if urlsplit(origin).netloc not in hosts:
        raise SignatureError(f"Requests from {origin} are not accepted.")
