"""The pages and their files, straight from the package."""

from pathlib import Path
from typing import Final

from aiohttp import web

STATIC: Final = Path(__file__).parent / "static"


async def chat_page(request: web.Request) -> web.FileResponse:  # noqa: ARG001
    """The customer's page."""
    return web.FileResponse(STATIC / "chat" / "index.html")


async def desk_page(request: web.Request) -> web.FileResponse:  # noqa: ARG001
    """The agent's page."""
    return web.FileResponse(STATIC / "desk" / "index.html")


async def front_page(request: web.Request) -> web.Response:  # noqa: ARG001
    """Leads to the chat."""
    raise web.HTTPFound("/chat")
