"""A real server with the sandbox bank, a real Chromium, and pages that are watched for faults."""

import asyncio
import http.client
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from dulwich import porcelain
from playwright.async_api import Browser, Page, async_playwright
from tests.programs import CHROMIUM

from servicebot.adapters.in_sql.accounts import SqlAccounts
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.app.secret_file import kept_secret
from servicebot.domain.content_path import FOLDERS
from servicebot.domain.desk_people import Account, Role

ROOT = Path(__file__).parents[2]
START_S = 180.0
STOP_S = 30.0
AGENT, PASSWORD = "小王", "sandbox-desk"
OTHERS = {
    "Sue": Role.SUPERVISOR,
    "Aud": Role.AUDITOR,
    "Adm": Role.ADMIN,
    "Edi": Role.EDITOR,
    "Ann": Role.APPROVER,
}
HASHER = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TELL_VIOLATIONS = (
    "addEventListener('securitypolicyviolation',"
    " (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`))"
)

OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `servicebot serve --sandbox`, started for the browser tests."""
    CHROMIUM.needed()
    folder = tmp_path_factory.mktemp("server")
    port = _free_port()
    environ = {k: v for k, v in os.environ.items() if not k.startswith("SERVICEBOT_")}
    environ |= {
        "SERVICEBOT_WEB_PORT": str(port),
        "SERVICEBOT_CONTENT_DIR": str(_copy_of_the_content(folder / "content")),
        "SERVICEBOT_DESK_HOURS": "1-7 00:00-24:00",
        "SERVICEBOT_STORE_DIR": str(folder / "var"),
        "SERVICEBOT_STORE_FITTED_DIR": str(ROOT / "var" / "fitted"),
    }
    with (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "servicebot", "serve", "--sandbox"],
            cwd=ROOT,
            env=environ,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _await_ready(process, port, folder / "log.txt")
            _add_people(folder / "var")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(STOP_S)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(server: str) -> AsyncIterator[Browser]:  # noqa: ARG001  nothing to see without it
    """One Chromium for all tests."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM.needed(), args=QUIET)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, server: str) -> AsyncIterator[OpenPage]:
    """Opens pages, each in a profile of its own; a fault that no test expects fails the test.

    `await open_page("/chat", expected="401", locale="en-US")`: what is written to the console as
    an error, also by pages that it opens, must contain `expected` or one of several.
    """
    contexts = []
    faults: list[str] = []

    async def open_one(path: str, *, expected: str | tuple[str, ...] = (), **options: Any) -> Page:
        context = await browser.new_context(**{"locale": "zh-CN", **options})
        contexts.append(context)
        await context.add_init_script(TELL_VIOLATIONS)
        let = (expected,) if isinstance(expected, str) else expected

        def told(kind: str, words: str) -> None:
            if kind == "error" and not any(one in words for one in let):
                faults.append(words)

        context.on("console", lambda message: told(message.type, message.text))
        context.on("weberror", lambda error: told("error", str(error.error)))
        page = await context.new_page()
        page.set_default_timeout(15_000)
        await page.goto(server + path)
        return page

    yield open_one
    for context in contexts:
        await context.close()
    assert faults == []


@pytest_asyncio.fixture(loop_scope="session")
async def empty_desk(browser: Browser, server: str) -> None:
    """Ends whatever earlier tests have left waiting or taken."""
    context = await browser.new_context(base_url=f"{server}/v1/desk/")
    call = context.request
    assert (await call.post("sign-in", data={"name": AGENT, "password": PASSWORD})).ok
    while (await call.post("tickets/next")).status != 204:
        pass
    while mine := (await (await call.get("queue")).json())["mine"]:
        for ticket in mine:
            await call.post(f"tickets/{ticket['id']}/close")
        await asyncio.sleep(0.05)
    await context.close()


@pytest.fixture
def wait_unseen(browser: Browser, server: str) -> Callable[..., Awaitable[None]]:
    """Makes customers wait for a person without a page: quicker, where no test looks at it."""

    async def say(*words: str) -> None:
        context = await browser.new_context()
        conversation = secrets.token_hex(4)
        for number, text in enumerate((*words, "转人工")):
            body = {"conversation": conversation, "id": str(number), "text": text}
            told = await context.request.post(f"{server}/v1/messages?wait=1", data=body)
            assert told.ok
        await context.close()

    return say


@pytest.fixture
def sign_in() -> Callable[..., Awaitable[None]]:
    """Signs the sample agent in."""

    async def sign_in_at(desk: Page, name: str = AGENT, shows: str = "#desk") -> None:
        await desk.fill("#name", name)
        await desk.fill("#password", PASSWORD)
        await desk.press("#password", "Enter")
        await desk.wait_for_selector(f"{shows}:not([hidden])")

    return sign_in_at


def _copy_of_the_content(folder: Path) -> Path:
    """A working copy of its own: what the studio's tests publish never touches the project's."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    repo = porcelain.init(folder)
    porcelain.add(repo, [folder / name for name in FOLDERS])
    porcelain.commit(repo, message=b"The content", author=b"T <t@bank.example>")
    repo.close()
    return folder


def _add_people(store: Path) -> None:
    """Somebody of every further role; the agent stands in the settings."""
    with closing(SqlEngine(f"sqlite:///{store / 'records.db'}")) as engine:
        key = kept_secret(store, "audit").encode()
        accounts = SqlAccounts(engine, key)
        for name, role in OTHERS.items():
            hashed = HASHER.hash(PASSWORD)
            asyncio.run(accounts.put(Account(name=name, role=role, password_hash=hashed)))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await_ready(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"The server ended with {process.returncode}:\n{log.read_text()[-2000:]}")
        if _is_ready(port):
            return
        time.sleep(0.2)
    pytest.fail(f"The server is not ready after {START_S:.0f} s:\n{log.read_text()[-2000:]}")


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
