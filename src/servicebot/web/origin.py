"""Pages of other sites may not use the browser's rights here."""

from typing import Final

from aiohttp import web

from servicebot.domain.errors import RejectedError, SignatureError
from servicebot.screening.addresses import read_origin
from servicebot.web.services import SERVICES

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})


def check_origin(request: web.Request) -> None:
    """Lets a request pass whose Origin is this server, or that has none (no browser).

    Raises:
        RejectedError: The Origin is none.
        SignatureError: The request comes from another site's page.
    """
    shown = request.headers.get("Origin")
    if shown is None:
        return
    if shown == "null":
        raise SignatureError("Requests from pages without an origin are not accepted.")
    origin = read_origin(shown)
    if origin is None:
        raise RejectedError("The Origin is not like https://host.")
    public = read_origin(request.app[SERVICES].settings.web.public_url)
    hosts = {request.host.lower()} | ({public.authority} if public is not None else set())
    if origin.authority not in {host.removesuffix(origin.usual_port) for host in hosts}:
        raise SignatureError("Requests from pages of other sites are not accepted.")


def check_is_local(request: web.Request) -> None:
    """Lets a request pass that names this machine; another name may lead here by a page's trick.

    A foreign page whose own name was made to lead to this machine (DNS rebinding) has the right
    Origin, but not the right name.

    Raises:
        SignatureError: It names another one.
    """
    asked = read_origin(f"http://{request.host}")
    if asked is None or asked.host not in _LOOPBACK:
        raise SignatureError("Without a token the server is asked as 127.0.0.1 or localhost.")
