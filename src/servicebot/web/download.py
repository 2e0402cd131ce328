"""A file that a browser saves and never shows."""

from urllib.parse import quote

from aiohttp import web

from servicebot.web.upload import UPLOAD_TYPE


def download(data: bytes, name: str) -> web.Response:
    """The answer with the file."""
    told = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return web.Response(body=data, content_type=UPLOAD_TYPE, headers={"Content-Disposition": told})
