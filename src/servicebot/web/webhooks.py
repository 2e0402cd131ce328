"""Webhooks of the messengers: verified on the raw bytes, stored, then answered."""

import asyncio
from typing import Final

from aiohttp import web

from servicebot.channels.wechat.webhook import WeChatWebhook
from servicebot.web.services import SERVICES

_HEADERS: Final = {"X-Content-Type-Options": "nosniff"}  # the body is out before the middleware


async def check_wechat_url(request: web.Request) -> web.Response:
    """WeChat's console checks the address."""
    echo = _wechat(request).check_url(dict(request.query))
    return web.Response(text=echo, content_type="text/plain")


async def post_wechat(request: web.Request) -> web.Response:
    """One push; the answer is the passive reply, or `success` when it comes later."""
    wechat = _wechat(request)
    answer = await wechat.push(dict(request.query), await request.read())
    kind = "application/xml" if answer.body.startswith("<xml") else "text/plain"
    response = web.Response(text=answer.body, content_type=kind, headers=_HEADERS)
    try:
        await response.prepare(request)
        await response.write_eof()
    except (ConnectionError, asyncio.CancelledError) as error:
        await wechat.not_written(answer)
        if isinstance(error, asyncio.CancelledError):
            raise
    else:
        await wechat.written(answer)
    return response


def _wechat(request: web.Request) -> WeChatWebhook:
    wechat = request.app[SERVICES].wechat
    if wechat is None:
        raise web.HTTPNotFound(text="The WeChat channel is off. Set SERVICEBOT_WECHAT_….")
    return wechat
