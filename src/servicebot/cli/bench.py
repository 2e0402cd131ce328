"""`servicebot bench`: load against a running server."""

import asyncio
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Final

import aiohttp
import click
import numpy as np
from rich.console import Console
from rich.progress import Progress

from servicebot.cli.environment import settings_now
from servicebot.cli.print_json import print_json
from servicebot.domain.errors import UnavailableError

_TIMEOUT_S: Final = 30.0
_PER_CONVERSATION: Final = 6
_TEXTS: Final = (
    "微粒贷提前还款要手续费吗",
    "逾期一天会上征信吗",
    "多久能到账",
    "how do I repay my loan early",
    "额度为什么是0",
    "你好",
    "联合贷款是什么意思",
    "is there a fee for early repayment",
    "怎么修改绑定的银行卡",
    "理财赎回什么时候到账",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchReport:
    """The keys of `servicebot bench --json`; times from sending to the reply."""

    messages: int
    errors: int
    messages_per_s: float
    p50_ms: float
    p99_ms: float


@click.command()
@click.option("--url", default=None, help="The server; http://127.0.0.1:8080 unless set.")
@click.option("--messages", default=2000, show_default=True, type=click.IntRange(1, 1_000_000))
@click.option("--senders", default=16, show_default=True, type=click.IntRange(1, 512))
@click.option("--json", "as_json", is_flag=True)
def bench(url: str | None, messages: int, senders: int, as_json: bool) -> None:
    """Send messages and wait for each reply; a new conversation every 6 messages."""
    settings = settings_now()
    base = url or settings.web.public_url or f"http://{settings.web.host}:{settings.web.port}"
    report = asyncio.run(_run(base, settings.web.api_token, messages, senders, quiet=as_json))
    if as_json:
        print_json(asdict(report))
    else:
        for name, value in asdict(report).items():
            click.echo(f"{name:16} {value}")
    if report.errors:
        click.get_current_context().exit(1)


async def _run(base: str, token: str, messages: int, senders: int, *, quiet: bool) -> BenchReport:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    timeout = aiohttp.ClientTimeout(total=_TIMEOUT_S)
    connector = aiohttp.TCPConnector(limit=senders)
    times_ms: list[float] = []
    left = iter(range(messages))
    run = secrets.token_hex(4)
    async with aiohttp.ClientSession(headers=headers, timeout=timeout, connector=connector) as http:
        await _greet(http, base)
        with Progress(console=Console(stderr=True), disable=quiet) as progress:
            bar = progress.add_task("messages", total=messages)

            async def send(sender: int) -> None:
                for sent, number in enumerate(left):
                    body = _body(f"{run}-{sender}-{sent // _PER_CONVERSATION}", number)
                    times_ms.append(await _one(http, base, body))
                    progress.advance(bar)

            begun = time.perf_counter()
            async with asyncio.TaskGroup() as group:
                for sender in range(senders):
                    group.create_task(send(sender))
            took_s = time.perf_counter() - begun
    fine = np.array([ms for ms in times_ms if ms >= 0])
    p50, p99 = np.percentile(fine, [50, 99]) if fine.size else (0.0, 0.0)
    return BenchReport(
        messages=messages,
        errors=messages - fine.size,
        messages_per_s=round(messages / took_s, 1),
        p50_ms=round(float(p50), 1),
        p99_ms=round(float(p99), 1),
    )


def _body(conversation: str, number: int) -> dict[str, str]:
    text = _TEXTS[number % len(_TEXTS)]
    return {"conversation": f"bench-{conversation}", "id": str(number), "text": text}


async def _greet(http: aiohttp.ClientSession, base: str) -> None:
    try:
        async with http.get(f"{base}/readyz") as response:
            response.raise_for_status()
    except (aiohttp.ClientError, TimeoutError) as error:
        raise UnavailableError(f"{base} does not answer; start it with `make run`.") from error


async def _one(http: aiohttp.ClientSession, base: str, body: dict[str, str]) -> float:
    """Milliseconds until the reply, or -1 for an error."""
    begun = time.perf_counter()
    try:
        async with http.post(f"{base}/v1/messages?wait=1", json=body) as response:
            answer = await response.json(content_type=None)
            fine = response.status == 200 and bool(answer.get("replies"))  # noqa: PLR2004
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return -1.0
    return (time.perf_counter() - begun) * 1000 if fine else -1.0
