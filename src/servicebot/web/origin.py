"""Pages of other sites may not use the browser's rights here."""

from aiohttp import web

from servicebot.domain.errors import RejectedError, SignatureError
from servicebot.screening.addresses import read_origin
from servicebot.web.services import SERVICES


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
        raise SignatureError(f"Requests from {origin} are not accepted.")
