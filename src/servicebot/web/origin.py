"""Pages of other sites may not use the browser's rights here."""

from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from servicebot.domain.errors import SignatureError
from servicebot.web.services import SERVICES

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


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
    if _host_of(origin) not in hosts:
        raise SignatureError("Requests from pages of other sites are not accepted.")


def check_is_local(request: web.Request) -> None:
    """Lets a request pass that names this machine; another name may lead here by a page's trick.

    A foreign page whose own name was made to lead to this machine (DNS rebinding) has the right
    Origin, but not the right name.

    Raises:
        SignatureError: It names another one.
    """
    if _hostname("//" + request.host) not in _LOOPBACK:
        raise SignatureError("Without a token the server is asked as 127.0.0.1 or localhost.")


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _hostname(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
