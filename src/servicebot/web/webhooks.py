"""Webhooks of the messengers: verified on the raw bytes, stored, then answered."""

from aiohttp import web

from servicebot.channels.wechat.webhook import WeChatWebhook
from servicebot.web.services import SERVICES


async def check_wechat_url(request: web.Request) -> web.Response:
    """WeChat's console checks the address."""
    echo = _wechat(request).check_url(dict(request.query))
    return web.Response(text=echo, content_type="text/plain")


async def post_wechat(request: web.Request) -> web.Response:
    """One push; the answer is the passive reply, or `success` when it comes later."""
    body = await _wechat(request).push(dict(request.query), await request.read())
    kind = "application/xml" if body.startswith("<xml") else "text/plain"
    return web.Response(text=body, content_type=kind)


def _wechat(request: web.Request) -> WeChatWebhook:
    wechat = request.app[SERVICES].wechat
    if wechat is None:
        raise web.HTTPNotFound(text="The WeChat channel is off. Set SERVICEBOT_WECHAT_….")
    return wechat
