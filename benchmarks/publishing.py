"""Publishing under load: whether a turn fails, waits, or is answered from two editions.

    python benchmarks/publishing.py [--rate 20] [--seconds 300]

A server of its own with the sandbox bank, over a copy of the content. Customers ask all along, each
question another, one in four about the article that changes. After a quarter of the time a changed
answer is published over the studio's own API, at half time a new phrase, which fits the model anew.
Latencies count from the intended send time. Every receipt is read: the answer must be, to the sign,
the one of the content that the receipt names.
"""

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any, Final

import aiohttp

from servicebot.adapters.system_clock import SystemClock
from servicebot.app.bench.arrivals import arrivals
from servicebot.app.bench.loops import Taken, open_loop
from servicebot.app.bench.post import Poster, Target, client
from servicebot.app.bench.questions import distinct_questions
from servicebot.app.bench.report import percentiles
from servicebot.app.seal import open_seal
from servicebot.app.stores import open_records
from servicebot.cli.serve import SAMPLE_APPROVER, SAMPLE_EDITOR, SAMPLE_PASSWORD
from servicebot.content.load import load_content
from servicebot.domain.messages import Text
from servicebot.domain.receipts import Receipt
from servicebot.settings import load_settings
from servicebot.studio.add_phrase import add_phrase

ROOT: Final = Path(__file__).parents[1]
ARTICLE: Final = "weilidai/early-repayment"
PATH: Final = f"knowledge_base/zh/{ARTICLE}.md"
ASKED: Final = "微粒贷提前还款要手续费吗"
PHRASE: Final = "早点把微粒贷还清会不会多收我钱"
MARKS: Final = ("", "请放心。", "请放心，祝您顺利。")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=20.0)
    parser.add_argument("--seconds", type=float, default=300.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("knowledge_base", "intents"):
            shutil.copytree(ROOT / part, folder / "content" / part)
        environ = {
            **os.environ,
            "SERVICEBOT_CONTENT_DIR": str(folder / "content"),
            "SERVICEBOT_STORE_DIR": str(folder / "store"),
            "SERVICEBOT_STORE_FITTED_DIR": str(ROOT / "var" / "fitted"),
            "SERVICEBOT_WEB_PORT": "0",
        }
        with _server(environ) as url:
            asyncio.run(_measure(url, asked.rate, asked.seconds))
        asyncio.run(_read_receipts(environ))


@contextmanager
def _server(environ: dict[str, str]) -> Iterator[str]:
    command = [sys.executable, "-m", "servicebot", "serve", "--sandbox"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101  a pipe
        url = next((line.split()[1] for line in server.stdout if "/chat" in line), "")
        try:
            yield url.removesuffix("/chat")
        finally:
            server.terminate()


async def _measure(url: str, rate: float, seconds: float) -> None:
    content = load_content(ROOT)
    texts = _asked(distinct_questions(content, seed=7))
    target = Target(urls=(url,), token="", accept_only=False, run="publishing")
    marks: list[tuple[str, float]] = []
    async with client(target) as http:
        poster = Poster(http, target)
        await poster.greet()
        begun = time.perf_counter()
        publishing = asyncio.create_task(_publish_twice(url, begun, seconds, marks))
        taken = await open_loop(
            poster, arrivals(rate, seconds, even=False, seed=1), rate, texts, lambda: None
        )
        await publishing
    _tell(taken, marks)


def _asked(others: Iterator[str]) -> Iterator[str]:
    for number in cycle(range(4)):
        yield ASKED if number == 0 else next(others)


async def _publish_twice(
    url: str, begun: float, seconds: float, marks: list[tuple[str, float]]
) -> None:
    def now() -> float:
        return time.perf_counter() - begun

    async with _studio(url, SAMPLE_EDITOR) as editor, _studio(url, SAMPLE_APPROVER) as approver:
        for share, old, new, phrase in (
            (0.25, *MARKS[:2], ""),
            (0.5, *MARKS[1:], PHRASE),
        ):
            await asyncio.sleep(max(0.0, seconds * share - now()))
            name = "a new phrase" if phrase else "a changed answer"
            marks.append((f"{name}: comparing", now()))
            await _publish(editor, approver, old, new, phrase)
            marks.append((f"{name}: published", now()))
            await _until_live(url, new)
            marks.append((f"{name}: live", now()))


async def _publish(editor: Any, approver: Any, old: str, new: str, phrase: str) -> None:
    text = (await editor("GET", f"file?path={PATH}"))["text"]
    head, sign, rest = text.partition("\n---\n")
    rest = rest.replace(old, new, 1) if old else rest.replace("。", f"。{new}", 1)
    edited = head + sign + rest
    draft = (await editor("POST", "drafts", {"title": "publishing"}))["id"]
    edited = add_phrase(edited, PATH, phrase) if phrase else edited
    told = await editor("POST", f"drafts/{draft}/files", {"path": PATH, "text": edited})
    assert told["faults"] == [], told  # noqa: S101  a benchmark
    await editor("POST", f"drafts/{draft}/effect")
    while (told := await editor("GET", f"drafts/{draft}/effect"))["state"] != "done":
        assert told["state"] != "failed", told  # noqa: S101
        await asyncio.sleep(0.5)
    await editor("POST", f"drafts/{draft}/submit")
    groups = [group["id"] for group in told["groups"]]
    if groups:
        await approver("POST", f"drafts/{draft}/sign", {"groups": groups})
    await approver("POST", f"drafts/{draft}/publish")


async def _until_live(url: str, words: str) -> None:
    async with aiohttp.ClientSession() as session:
        for number in range(100_000):
            body = {"conversation": f"live-{len(words)}-{number}", "id": "1", "text": ASKED}
            async with session.post(f"{url}/v1/messages?wait=1", json=body) as response:
                told = await response.json()
            if any(words in reply["text"] for reply in told.get("replies", ())):
                return
            await asyncio.sleep(0.5)


@asynccontextmanager
async def _studio(url: str, name: str) -> AsyncIterator[Any]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:

        async def call(method: str, path: str, body: object = None) -> Any:
            async with session.request(method, f"{url}/v1/studio/{path}", json=body) as response:
                told = await response.json(content_type=None)
                assert response.ok, (path, told)  # noqa: S101
                return told

        body = {"name": name, "password": SAMPLE_PASSWORD, "code": ""}
        async with session.post(f"{url}/v1/desk/sign-in", json=body) as response:
            response.raise_for_status()
        yield call


def _tell(taken: Taken, marks: Sequence[tuple[str, float]]) -> None:
    print(f"{len(taken.fine)} messages, {taken.fine.count(False)} failed")
    for name, at in marks:
        print(f"  {at:6.1f} s  {name}")
    edges = [("before", 0.0), *marks, ("end", taken.seconds)]
    for (name, start), (_, end) in pairwise(edges):
        took = [
            ms for at, ms in zip(taken.intended_s, taken.took_ms, strict=True) if start <= at < end
        ]
        p50, p99, most = percentiles(took, (50.0, 99.0, 100.0))
        print(f"  from `{name}`: {len(took)} messages, p50 {p50} p99 {p99} most {most} ms")
    slowest = sorted(zip(taken.took_ms, taken.intended_s, strict=True), reverse=True)[:8]
    print("  slowest:", ", ".join(f"{ms:.0f} ms at {at:.1f} s" for ms, at in slowest))


async def _read_receipts(environ: dict[str, str]) -> None:
    settings = load_settings(environ)
    seal = open_seal(settings.store, SystemClock())
    found: list[Receipt] = []
    async with open_records(settings, seal) as records:
        place = None
        while (page := await records.read_on(place, 512)).end is not None:
            found += page.found.receipts
            place = page.end
    said: dict[str, set[str]] = {}
    for one in found:
        if (
            one.articles
            and one.articles[0].id == ARTICLE
            and one.message.content == Text(text=ASKED)
        ):
            said.setdefault(one.content_version, set()).add(one.replies[0].text)
    versions = {one.content_version for one in found}
    mixed = sum(len(texts) > 1 for texts in said.values())
    print(f"{len(found)} receipts, {len(versions)} editions; {mixed} editions said two things")
    for version, texts in said.items():
        marks = [sum(mark in text for text in texts) for mark in MARKS[1:]]
        print(f"  {version[:12]}: {len(texts)} text, marks {marks}")


if __name__ == "__main__":
    main()
