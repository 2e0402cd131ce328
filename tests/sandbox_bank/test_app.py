"""The bank as a process: it starts, serves, logs no secrets, and stops when asked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import BankClient

PROGRAM = """
import logging, sys
from pathlib import Path
from servicebot.sandbox_bank.app import run
from servicebot.sandbox_bank.options import SandboxOptions
logging.basicConfig(level=logging.DEBUG)
run(SandboxOptions(host="127.0.0.1", port=int(sys.argv[1]), book_path=Path(sys.argv[2]),
    service_token="token-of-the-process", public_url="http://bank.test"))
"""


async def is_answering(url: str) -> bool:
    async with asyncio.timeout(20), aiohttp.ClientSession() as session:
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(f"{url}/healthz") as response:
                    return response.status == 200
            await asyncio.sleep(0.05)


async def test_the_process_serves_and_stops_cleanly_on_sigterm(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-c", PROGRAM, str(port), str(tmp_path / "book.sqlite")),
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert await is_answering(f"http://127.0.0.1:{port}")
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            _, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, errors.decode()
    assert b"Traceback" not in errors


async def test_nothing_logged_holds_a_pin_or_a_token(
    bank: BankClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _, token = await bank.open_link()
    form = {"customer": "li-fang", "pin": "246802", "code": bank.code}
    async with bank.session.post(f"{bank.base}/link/{token}", data=form) as response:
        assert response.status == 200
    subject = await bank.bind("li-fang")
    await bank.get("/v1/loans", subject)
    logged = " ".join(str(vars(record)) for record in caplog.records)
    assert "bank_call" in logged
    for secret in (token, "246802", subject, "service-token-of-the-tests"):
        assert secret not in logged
