"""Canaries: every kind of private number typed in every channel, then looked for in every file."""

import asyncio
import logging
import re
from dataclasses import replace
from pathlib import Path

import aiohttp
from tests.channels.wechat.platform_server import SETTINGS, sealed, text_push

from servicebot.adapters.sealing.aes_gcm import AesGcmSeal
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.engine import Engine
from servicebot.app.stage import LiveStage, open_stage
from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.telemetry.logs import MaskingFormatter
from servicebot.turns.stored_form import to_json
from servicebot.understanding.understand import Understander

CANARIES = {
    "我的卡号是{}": "6222 0212 3456 7890 128",
    "转到{}": "4111111111111111",
    "身份证{}": "11010519491231002X",
    "老身份证 {}": "110105491231002",
    "手机{}": "138.0013.8000",
    "电话{}找我": "一三八零零一三八零零零",
    "座机{}": "0755-86013388",
    "邮箱{}": "canary@bank.example",
    "护照{}": "E12345678",
    "统一社会信用代码{}": "91440300708461136T",
    "驗證碼{}": "907163",
    "{}是我的验证码": "716390",
    "我的登录密码 {}": "Canary@9071!",
    "my PIN is {}": "9716",
}
LEAST_BY_CHANCE = 4  # digits


async def test_no_private_number_reaches_a_file_or_a_log(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> None:
    log = tmp_path / "log.jsonl"
    handler = logging.FileHandler(log, encoding="utf-8")
    handler.setFormatter(MaskingFormatter("%(levelname)s %(name)s %(message)s"))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    store = tmp_path / "store"
    store.mkdir()
    try:
        with_wechat = replace(settings, wechat=SETTINGS)
        async with open_stage(with_wechat, content, understander, store) as stage:
            await _type_everywhere(stage)
            await stage.engine.flush_records()
            kept = await _unsealed(stage.engine)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()
    files = [file for file in [log, *store.rglob("*")] if file.is_file()]
    held = b"".join(file.read_bytes() for file in files)
    assert b"[identity]" in kept, "nothing was stored at all"
    assert b"[identity]" not in held, "it stands in the clear"
    everything = held + kept
    values = {one for value in CANARIES.values() for one in (value, value.replace(" ", ""))}
    assert [value for value in sorted(values) if _stands_in(value, everything)] == []


def _stands_in(value: str, everything: bytes) -> bool:
    """Whether a value is there; four digits by themselves only, for hashes and times hold them."""
    written = value.encode()
    if len(value) > LEAST_BY_CHANCE:
        return written in everything
    return re.search(rb"(?<![0-9A-Za-z])" + written + rb"(?![0-9A-Za-z])", everything) is not None


async def _unsealed(engine: Engine) -> bytes:
    """Everything that is sealed in the stores, opened."""
    seal, found = AesGcmSeal(engine.stores.keys), []

    def read(body: bytes, about: str) -> None:
        found.append(seal.open(body, about))

    await engine.stores.ledger.change_bodies(read)
    page = await engine.records.read_on(None, 1000)
    return b"".join([*found, *map(to_json, page.found.receipts)])


async def _type_everywhere(stage: LiveStage) -> None:
    async with aiohttp.ClientSession(stage.url) as http:
        for number, (around, value) in enumerate(CANARIES.items()):
            text = around.format(value)
            await _by_program(http, number, text)
            await _on_page(http, text)
            query, body = sealed(text_push(text, customer=f"canary-{number}"), SystemClock())
            async with http.post("/webhooks/wechat", params=query, data=body) as response:
                assert response.status == 200


async def _by_program(http: aiohttp.ClientSession, number: int, text: str) -> None:
    body = {"conversation": f"c{number}", "id": "1", "text": text}
    async with http.post("/v1/messages?wait=1", json=body) as response:
        assert response.status == 200


async def _on_page(http: aiohttp.ClientSession, text: str) -> None:
    async with http.post("/v1/chat/sessions", json={"language": "zh"}) as response:
        ticket = (await response.json())["ticket"]
    async with http.ws_connect("/v1/chat/socket") as socket, asyncio.timeout(20):
        await socket.send_json({"type": "hello", "ticket": ticket, "after": 0})
        await socket.send_json({"type": "say", "id": "1", "text": text})
        shown = 0
        while shown < 3:  # the greeting, the words and the answer
            frame = await socket.receive_json()
            shown += len(frame.get("lines", ()))
