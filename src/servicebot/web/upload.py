"""Files that staff upload: their bytes as the body, larger than any other, read once it is known who sends."""

import asyncio
from typing import Final

from aiohttp import web

from servicebot.domain.content_refusal import (
    ContentRefusal,
    ContentRefusedError,
    ContentTooLargeError,
)

MOST_UPLOAD_BYTES: Final = 4 * 1024 * 1024
UPLOAD_S: Final = 30.0  # a megabit a second; well within what a request may take
UPLOAD_TYPE: Final = "application/octet-stream"  # no page of another site may send it unasked
UPLOADS: Final = web.AppKey("uploads", frozenset[tuple[str, str]])


def takes_file(request: web.Request) -> bool:
    """Whether the route of a request takes a file."""
    resource = request.match_info.route.resource
    name = (request.method, resource.canonical if resource is not None else "")
    return name in request.app.get(UPLOADS, frozenset())


def refuse_large(length: int) -> None:
    """Refuses a file that is too large.

    Raises:
        TooLargeError: It is.
    """
    if length > MOST_UPLOAD_BYTES:
        most = MOST_UPLOAD_BYTES // (1024 * 1024)
        raise ContentTooLargeError(ContentRefusal.FILE_LARGE, named=str(most))


async def read_file(request: web.Request) -> bytes:
    """The file of a request, no more of it than a file may have.

    Raises:
        HTTPUnsupportedMediaType: It does not say that it is a file's bytes.
        HTTPRequestTimeout: It came too slowly; the connection ends.
        TooLargeError: It is too large, whatever its header said.
        RejectedError: It is empty.
    """
    if request.content_type != UPLOAD_TYPE:
        raise web.HTTPUnsupportedMediaType(text=f"Send `Content-Type: {UPLOAD_TYPE}`.")
    refuse_large(request.content_length or 0)
    data = bytearray()
    try:
        async with asyncio.timeout(UPLOAD_S):
            while chunk := await request.content.readany():
                data += chunk
                refuse_large(len(data))
    except TimeoutError as error:
        slow = web.HTTPRequestTimeout(text=f"The file did not come within {UPLOAD_S:.0f} s.")
        raise slow from error
    if not data:
        raise ContentRefusedError(ContentRefusal.FILE_EMPTY)
    return bytes(data)
