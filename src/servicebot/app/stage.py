"""A stage for conversation files: the real engine and a real sandbox bank, both over HTTP."""

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from servicebot.app.engine import Engine, run_engine
from servicebot.app.server import listening
from servicebot.content.content import Content
from servicebot.domain.conversation import Conversation
from servicebot.domain.errors import UnavailableError
from servicebot.domain.messages import (
    AgentAct,
    AgentVerb,
    InboundMessage,
    MessageContent,
    Rate,
    Text,
)
from servicebot.domain.money import MoveState
from servicebot.domain.receipts import Receipt
from servicebot.domain.understanding import Language
from servicebot.evaluation.conversations.script import Deed, Desk, DeskDeed, Fault, Script
from servicebot.handover.desk_reader import ALWAYS, NEVER
from servicebot.sandbox_bank.app import create_app
from servicebot.sandbox_bank.options import SandboxOptions
from servicebot.settings import Settings, Store
from servicebot.understanding.understand import Understander
from servicebot.web.routes import build_app

TURN_S: Final = 20.0
_POLL_S: Final = 0.005
_AGENT: Final = "小王"
_RATES: Final = {Deed.RATE_SOLVED: True, Deed.RATE_UNSOLVED: False}
_LINK_WORDS: Final = {Language.ZH: "核实身份", Language.EN: "Confirm who I am"}


@asynccontextmanager
async def open_stage(
    settings: Settings,
    content: Content,
    understander: Understander,
    folder: Path,
    *,
    watch: bool = False,
) -> AsyncIterator["LiveStage"]:
    """Starts the bank and the engine on free ports, with their stores in `folder`.

    Only with `watch` a change of the content is served.
    """
    token, secret = secrets.token_hex(16), secrets.token_hex(16)
    bank_port, web_port = _free_port(), _free_port()
    bank_url = f"http://127.0.0.1:{bank_port}"
    options = SandboxOptions(
        host="127.0.0.1",
        port=bank_port,
        book_path=":memory:",
        service_token=token,
        callback_url=f"http://127.0.0.1:{web_port}/webhooks/bank",
        callback_secret=secret,
        public_url=bank_url,
    )
    staged = replace(
        settings,
        store=Store(dir=folder, workers=2),
        records_url="",
        content_watch=watch,
        bank=replace(
            settings.bank, url=bank_url, token=token, callback_secret=secret, move_deadline_s=2.0
        ),
        web=replace(settings.web, port=web_port),
        desk=replace(settings.desk, hours=ALWAYS),
    )
    async with (
        _site(create_app(options), bank_port),
        run_engine(staged, content, understander) as engine,
        listening(build_app(engine.services), staged.web, web_port),
        aiohttp.ClientSession(bank_url) as session,
    ):
        yield LiveStage(engine, session, f"http://127.0.0.1:{web_port}")


class LiveStage:
    """Plays scripts one after another; each begins with a fresh book.

    Attributes:
        engine: The running engine.
        url: Where its HTTP server answers.
    """

    def __init__(self, engine: Engine, bank: aiohttp.ClientSession, url: str) -> None:
        self.engine = engine
        self.url = url
        self._bank = bank

    async def begin(self, script: Script) -> "LiveActor":
        """A fresh bank and a fresh conversation; the customer is linked where the script says."""
        async with self._bank.post("/sandbox/reset"):
            pass
        journal = self.engine.stores.ledger.journal
        for move in await journal.unresolved():  # the fresh book knows nothing of the one before
            await journal.settle(move.key, MoveState.GIVEN_UP)
        self.engine.desk.board.hours = ALWAYS if script.desk is Desk.OPEN else NEVER
        actor = LiveActor(self.engine, self._bank, script.customer.sample or "")
        if script.customer.identity == "L1":
            await actor.say(_LINK_WORDS[script.customer.language])
            await actor.do(Deed.APPROVE_LINK)
        return actor


class LiveActor:
    """One conversation, driven through the same door as every channel."""

    def __init__(self, engine: Engine, bank: aiohttp.ClientSession, sample: str) -> None:
        self._engine = engine
        self._bank = bank
        self._sample = sample
        self._name = f"script-{secrets.token_hex(6)}"
        self._said = 0
        self._last: InboundMessage | None = None
        self._link = ""
        self._receipt: Receipt | None = None

    async def say(self, text: str) -> Receipt:
        """The customer says something."""
        return await self._send(Text(text=text))

    async def do(self, deed: Deed) -> Receipt:
        """Something happens without words of the customer."""
        if deed is Deed.SEND_AGAIN:
            return await self._send_again()
        if deed in _RATES:
            (*_, answer) = (await self.state()).answers
            rated = Rate(answers=answer.message_id, article=answer.article, solved=_RATES[deed])
            return await self._send(rated)
        turns = (await self.state()).turns
        if deed is Deed.DESK_OPENS:
            self._engine.desk.board.hours = ALWAYS
            await self._engine.desk.attendant.keep_promises()
            return await self._after(turns)
        token = urlsplit(self._link).path.rsplit("/", 1)[-1]
        kind = "links" if deed is Deed.APPROVE_LINK else "step-ups"
        verb = "decline" if deed is Deed.DECLINE_STEP_UP else "approve"
        url = f"/sandbox/{kind}/{token}/{verb}"
        async with self._bank.post(url, json={"customer": self._sample}) as response:
            if response.status >= 400:  # noqa: PLR2004  HTTP's own ranges
                raise UnavailableError(f"{url}: {await response.text()}")
        return await self._after(turns)

    async def act(self, deed: DeskDeed, words: str) -> Receipt:
        """An agent does something with the open ticket."""
        state = await self.state()
        ticket_id = state.ticket_id or ""
        if deed is DeskDeed.SIGN_OUT:
            await self._engine.desk.attendant.signed_out(_AGENT)
            return await self._after(state.turns)
        verb = AgentVerb(deed.value)
        return await self._send(AgentAct(verb=verb, agent=_AGENT, ticket_id=ticket_id, text=words))

    async def break_bank(self, fault: Fault) -> None:
        """The bank fails from now on."""
        body: dict[str, Any] = {
            "path": fault.path, "kind": fault.kind, "count": fault.count, "seconds": fault.seconds,
        }  # fmt: skip
        async with self._bank.post("/sandbox/faults", json=body) as response:
            response.raise_for_status()

    async def state(self) -> Conversation:
        """How the conversation stands."""
        found = await self._engine.services.timeline.conversation(f"web:{self._name}")
        return found or Conversation(id=f"web:{self._name}", channel="web", sender=self._name)

    async def postings(self, loan_id: str) -> int:
        """How many repayments stand in the bank's book."""
        async with self._bank.get("/sandbox/ledger", params={"loan_id": loan_id}) as response:
            return len((await response.json())["postings"])

    async def _send(self, content: MessageContent) -> Receipt:
        self._said += 1
        self._last = InboundMessage(
            channel="web",
            message_id=f"{self._name}/{self._said}",
            conversation_id=f"web:{self._name}",
            sender=self._name,
            received_at=self._engine.services.clock.now(),
            content=content,
        )
        turns = (await self.state()).turns
        await self._engine.services.door.accept(self._last)
        return await self._after(turns)

    async def _send_again(self) -> Receipt:
        """The platform delivers the last message once more; nothing may come of it."""
        if self._last is None or self._receipt is None:
            raise UnavailableError("Nothing was sent yet.")
        await self._engine.services.door.accept(self._last)
        await asyncio.sleep(20 * _POLL_S)
        return replace(self._receipt, replies=(), calls=(), escalated=None)

    async def _after(self, turns: int) -> Receipt:
        """The receipt of the turn that comes after `turns` turns."""
        async with asyncio.timeout(TURN_S):
            while (await self.state()).turns <= turns:  # noqa: ASYNC110  the bank calls back
                await asyncio.sleep(_POLL_S)
        await self._engine.flush_records()
        receipt = await self._engine.records.receipt(f"web:{self._name}#{turns + 1}")
        if receipt is None:
            raise UnavailableError("The turn left no receipt.")
        links = [link.url for reply in receipt.replies for link in reply.links]
        self._link = links[-1] if links else self._link
        self._receipt = receipt
        return receipt


@asynccontextmanager
async def _site(app: web.Application, port: int) -> AsyncIterator[None]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield
    finally:
        await runner.cleanup()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
