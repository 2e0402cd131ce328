"""WeChat as the bot sees it: an HTTP interface with tokens and quotas, and pushes with retries.

wechatpy signs, encrypts and reads; the rules are those of the platform's public documentation.
"""

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import aiohttp
from aiohttp import web
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from servicebot.ports.clock import Clock
from servicebot.settings import WeChat

SETTINGS: Final = WeChat(
    token="token-of-the-tests",
    aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    appid="wx0123456789abcdef",
    secret="secret-of-the-tests",
    account="gh_bank",
)
CUSTOMER: Final = "oCustomer_1"
MESSAGE_S: Final = 48 * 3600.0
_numbers = itertools.count(1)


def text_push(text: str, *, message_id: int = 0, customer: str = CUSTOMER) -> str:
    """The plain XML of a customer's text."""
    return (
        f"<xml><ToUserName><![CDATA[{SETTINGS.account}]]></ToUserName>"
        f"<FromUserName><![CDATA[{customer}]]></FromUserName><CreateTime>1348831860</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
        f"<MsgId>{message_id or next(_numbers)}</MsgId></xml>"
    )


def sealed(
    plain: str, clock: Clock, *, settings: WeChat = SETTINGS, age_s: float = 0.0
) -> tuple[dict[str, str], bytes]:
    """Query and body of a push in safe mode, made by wechatpy."""
    timestamp = str(int(clock.now().timestamp() - age_s))
    nonce = str(next(_numbers))
    crypto = WeChatCrypto(settings.token, settings.aes_key, settings.appid)
    full = crypto.encrypt_message(plain, nonce, timestamp)
    encrypted = full.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    body = (
        f"<xml><ToUserName><![CDATA[{settings.account}]]></ToUserName>"
        f"<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    )
    query = {
        "signature": signature(settings.token, timestamp, nonce),
        "timestamp": timestamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": signature(settings.token, timestamp, nonce, encrypted),
    }
    return query, body.encode()


def signature(*parts: str) -> str:
    """Wechatpy's signature over the parts."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def shown(body: str, nonce: str) -> str | None:
    """What the customer sees of a response; None for `success` or nothing.

    Raises:
        Exception: The platform would show "this account cannot serve you now".
    """
    if body in {"", "success"}:
        return None
    crypto = WeChatCrypto(SETTINGS.token, SETTINGS.aes_key, SETTINGS.appid)
    stamp = body.split("<TimeStamp>")[1].split("</TimeStamp>", maxsplit=1)[0]
    signed = body.split("<MsgSignature><![CDATA[")[1].split("]]>", maxsplit=1)[0]
    plain = crypto.decrypt_message(body, signed, stamp, nonce)
    message = parse_message(plain)
    assert message.type == "text"
    assert message.source == SETTINGS.account
    return str(message.content)


class Platform:
    """The HTTP interface, with a ledger of its own."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.sent: list[dict[str, Any]] = []
        self.bodies: list[bytes] = []
        self.tokens_given = 0
        self.forced = 0
        self.codes: list[int] = []
        self.hang = False
        self.raw: bytes | None = None
        self._valid: dict[str, float] = {}
        self._current = ""
        self._windows: defaultdict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))

    def customer_wrote(self, customer: str = CUSTOMER) -> None:
        """Five sends in 48 hours from now."""
        self._windows[customer] = (self.clock.monotonic_s() + MESSAGE_S, 5)

    def revoke_tokens(self) -> None:
        """Somebody fetched a token the old way: ours is dead, but still given out unforced."""
        self._valid.clear()

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/cgi-bin/stable_token", self._stable_token)
        app.router.add_post("/cgi-bin/message/custom/send", self._send)
        return app

    async def _stable_token(self, request: web.Request) -> web.Response:
        await asyncio.sleep(0.01)
        body = json.loads(await request.read())
        if (body["appid"], body["secret"]) != (SETTINGS.appid, SETTINGS.secret):
            return _error(40125, "invalid appsecret")
        self.tokens_given += 1
        now_s = self.clock.monotonic_s()
        self.forced += body["force_refresh"]
        fresh = self._current and self._valid.get(self._current, now_s) > now_s + 300
        if body["force_refresh"] or not self._current or not (fresh or not self._valid):
            self._current = f"TOKEN-{next(_numbers)}-" + "x" * 400
            self._valid[self._current] = now_s + 7200
        lasts_s = int(self._valid.get(self._current, now_s + 7200) - now_s)
        return web.json_response({"access_token": self._current, "expires_in": lasts_s})

    async def _send(self, request: web.Request) -> web.Response:
        raw = await request.read()
        self.bodies.append(raw)
        if self.hang:
            await asyncio.sleep(30)
        if self.raw is not None:
            return web.Response(body=self.raw)
        if self._valid.get(request.query["access_token"], 0.0) <= self.clock.monotonic_s():
            return _error(42001, "access_token expired")
        if self.codes and (code := self.codes.pop(0)):
            return _error(code, f"said so for {json.loads(raw)['touser']}")
        return self._count(json.loads(raw))

    def _count(self, body: dict[str, Any]) -> web.Response:
        until_s, left = self._windows[body["touser"]]
        if until_s <= self.clock.monotonic_s():
            return _error(45015, "response out of time limit or subscription is canceled")
        if not left:
            return _error(45047, "out of response count limit")
        self._windows[body["touser"]] = (until_s, left - 1)
        self.sent.append(body)
        return web.json_response({"errcode": 0, "errmsg": "ok"})


async def push_with_retries(
    session: aiohttp.ClientSession, url: str, plain: str, clock: Clock, *, cut_s: float
) -> tuple[str | None, int]:
    """Pushes as the platform does: cut after `cut_s`, at most three tries.

    Returns:
        What the customer sees in the response, and how many tries it took.

    Raises:
        TimeoutError: All tries were cut; the customer sees a fault.
    """
    for count in range(1, 4):
        query, body = sealed(plain, clock)
        try:
            async with asyncio.timeout(cut_s), session.post(url, params=query, data=body) as got:
                if got.status == 200:
                    return shown(await got.text(), query["nonce"]), count
        except TimeoutError:
            continue
    raise TimeoutError


def _error(code: int, words: str) -> web.Response:
    body: Mapping[str, object] = {"errcode": code, "errmsg": f"{words} rid: 64a774ce-020c072d-6c8"}
    return web.json_response(body)
