"""A whole bot on a thread of its own, for what is asked over HTTP."""

import asyncio
import http.client
import json
import threading
import time
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from tests.web.desk_stage import PASSWORD
from tests.web.wechat_stage import WeChatStage, wechat_stage

from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander
from servicebot.web.services import Services

LONGEST_S: Final = 1.0
START_S: Final = 120.0
API_TOKEN: Final = "of-the-programs"
METRICS_TOKEN: Final = "of-the-metrics"
_SHOWN: Final = {"Content-Type": "application/json", "Authorization": f"Bearer {API_TOKEN}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class FuzzedServer:
    """One connection that stays open, as far as the server lets it."""

    def __init__(
        self, stage: WeChatStage, loop: asyncio.AbstractEventLoop, thread: threading.Thread
    ) -> None:
        self._loop = loop
        self._clock = time.pthread_getcpuclockid(thread.ident or 0)
        self.url = stage.stage.url
        self._connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        self.services: Services = stage.stage.engine.services
        self.cookie = ""
        self.asked = 0
        self.slowest_s = 0.0

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request; a fault of the server, or one that takes a second of work, fails."""
        shown = {**_SHOWN, **({"Cookie": self.cookie} if self.cookie else {}), **(headers or {})}
        begun = time.process_time()  # of everything in here; other programs do not count
        try:
            answer = self._answer(method, path, body, shown)
        except (http.client.HTTPException, ConnectionError):  # it was closed after the last one
            self._connection.close()
            answer = self._answer(method, path, body, shown)
        took_s = time.process_time() - begun
        self.asked += 1
        self.slowest_s = max(self.slowest_s, took_s)
        told = f"{method} {path}: {answer.status} {answer.body[:200]!r}"
        honest = answer.status == 503 and "Retry-After" in answer.headers
        assert answer.status < 500 or honest, told
        assert took_s <= LONGEST_S, f"{told} after {took_s:.2f} s"
        return answer

    def _answer(self, method: str, path: str, body: bytes, shown: Mapping[str, str]) -> Answer:
        self._connection.request(method, path, body, shown)
        response = self._connection.getresponse()
        return Answer(status=response.status, headers=dict(response.headers), body=response.read())

    def worked_s(self) -> float:
        """How long its event loop has worked, in which every other answer waits."""
        return time.clock_gettime(self._clock)

    def sign_in(self, name: str) -> None:
        """Signs somebody in at the desk."""
        body = json.dumps({"name": name, "password": PASSWORD}).encode()
        answer = self.ask("POST", "/v1/desk/sign-in", body)
        assert answer.status == 200, answer
        self.cookie = answer.headers["Set-Cookie"].split(";", maxsplit=1)[0]

    def hang_up(self) -> None:
        """Closes the connection, for which the server would wait."""
        self._connection.close()

    def wait_for(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Runs something in the server's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)


@contextmanager
def fuzzed_server(
    settings: Settings, content: Content, understander: Understander, folder: Path
) -> Iterator[FuzzedServer]:
    """Starts it, without limits of how often, and stops it."""
    limits = replace(
        settings.web.limits,
        requests=None,
        sessions=None,
        sockets=None,
        sign_ins=None,
        page_messages=None,
        conversation=None,
        channel=None,
    )
    web = replace(settings.web, limits=limits, api_token=API_TOKEN, metrics_token=METRICS_TOKEN)
    free = replace(settings, log_level="CRITICAL", web=web)
    loop, ready, done = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    opened: list[WeChatStage] = []

    async def serve() -> None:
        async with wechat_stage(free, content, understander, folder) as stage:
            opened.append(stage)
            ready.set()
            await done.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    try:
        assert ready.wait(START_S)
        server = FuzzedServer(opened[0], loop, thread)
        yield server
        server.hang_up()
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join(30)
        loop.close()
