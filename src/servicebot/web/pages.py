"""The pages and their files, straight from the package."""

import re
from pathlib import Path
from typing import Final

from aiohttp import web

from servicebot.web.services import SERVICES

STATIC: Final = Path(__file__).parent / "static"
_INCLUDED: Final = re.compile(r"[ ]*<!-- (sign_in\.html) -->\n")
_SAMPLE_NOTE: Final = re.compile(r'\s*<p class="[^"]*sample" data-text="sample">.*?</p>')


async def chat_page(request: web.Request) -> web.Response:
    """The customer's page."""
    return _page(request, "chat")


async def desk_page(request: web.Request) -> web.Response:
    """The agent's page."""
    return _page(request, "desk")


async def studio_page(request: web.Request) -> web.Response:
    """The page of content staff."""
    return _page(request, "studio")


async def front_page(request: web.Request) -> web.Response:  # noqa: ARG001  a handler's signature
    """Leads to the chat."""
    raise web.HTTPFound("/chat")


def _page(request: web.Request, name: str) -> web.Response:
    """A page; the note that it is a sample stands there only with the sandbox bank."""
    text = (STATIC / name / "index.html").read_text(encoding="utf-8")
    text = _INCLUDED.sub(lambda part: (STATIC / "shared" / part[1]).read_text("utf-8"), text)
    if not request.app[SERVICES].settings.bank.sandbox:
        text = _SAMPLE_NOTE.sub("", text)
    return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-cache"})
