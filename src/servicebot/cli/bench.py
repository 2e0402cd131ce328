"""`servicebot bench`: load against running servers."""

import asyncio
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from servicebot.app.bench.arrivals import arrivals
from servicebot.app.bench.loops import Taken, closed_loop, open_loop
from servicebot.app.bench.plot import draw
from servicebot.app.bench.post import Poster, Target, client
from servicebot.app.bench.questions import TAUGHT, distinct_questions
from servicebot.app.bench.report import BenchReport, report
from servicebot.cli.environment import content_now, settings_now
from servicebot.cli.print_json import print_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much, and how: at a rate and when, for the open loop; else `messages` and `senders`."""

    rate: float | None
    times_s: tuple[float, ...] | None
    messages: int
    senders: int


@click.command()
@click.option("--url", "urls", multiple=True, help="A server; several are shared out. Default: the settings'.")  # fmt: skip
@click.option("--rate", type=click.FloatRange(0.1, 10_000), help="Open loop: messages a second.")
@click.option("--seconds", default=30.0, show_default=True, type=click.FloatRange(1, 86_400))
@click.option("--even", is_flag=True, help="Send as a clock ticks, not as customers come.")
@click.option("--messages", default=2000, show_default=True, type=click.IntRange(1, 1_000_000), help="Closed loop: how many.")  # fmt: skip
@click.option("--senders", default=16, show_default=True, type=click.IntRange(1, 512), help="Closed loop: how many at once.")  # fmt: skip
@click.option("--accept", "accept_only", is_flag=True, help="Wait only for the durable accept.")
@click.option("--taught", is_flag=True, help="Ask ten taught texts: the path without the model.")
@click.option("--seed", type=click.IntRange(min=0), help="The same questions and times again; 0: plain questions.")  # fmt: skip
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), help="An SVG of latency over time.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True)
def bench(  # noqa: PLR0913, PLR0917  one parameter per option
    urls: tuple[str, ...],
    rate: float | None,
    seconds: float,
    even: bool,
    messages: int,
    senders: int,
    accept_only: bool,
    taught: bool,
    seed: int | None,
    plot: Path | None,
    as_json: bool,
) -> None:
    """Send messages and wait for each answer; a new conversation every 6 messages.

    With --rate at that rate, whatever the server does, and each latency counts from when the message
    was to be sent; else as fast as it answers. The texts are the content's held-out questions, none
    twice.
    """
    chosen = seed if seed is not None else secrets.randbits(32)
    times_s = tuple(arrivals(rate, seconds, even=even, seed=chosen)) if rate else None
    load = Load(rate=rate, times_s=times_s, messages=messages, senders=senders)
    target = _target(urls, accept_only=accept_only)
    texts = cycle(TAUGHT) if taught else distinct_questions(content_now(settings_now()), chosen)
    taken = asyncio.run(_run(target, load, texts, quiet=as_json))
    found = report(taken, rate)
    if plot is not None:
        plot.write_text(draw(taken, _title(found)), encoding="utf-8")
    if as_json:
        print_json(asdict(found))
    else:
        for name, value in asdict(found).items():
            click.echo(f"{name:16} {value if value is not None else '-'}")
    if found.errors:
        click.get_current_context().exit(1)


def _target(urls: tuple[str, ...], *, accept_only: bool) -> Target:
    settings = settings_now()
    web = settings.web
    return Target(
        urls=urls or (web.public_url or f"http://{web.host}:{web.port}",),
        token=web.api_token,
        accept_only=accept_only,
        run=secrets.token_hex(4),
    )


async def _run(target: Target, load: Load, texts: Iterator[str], *, quiet: bool) -> Taken:
    async with client(target) as http:
        poster = Poster(http, target)
        await poster.greet()
        with Progress(console=Console(stderr=True), disable=quiet) as progress:
            total = load.messages if load.times_s is None else len(load.times_s)
            bar = progress.add_task("messages", total=total)

            def step() -> None:
                progress.advance(bar)

            if load.times_s is None or load.rate is None:
                return await closed_loop(poster, load.messages, load.senders, texts, step)
            return await open_loop(poster, load.times_s, load.rate, texts, step)


def _title(found: BenchReport) -> str:
    offered = f"{found.offered_per_s:g} a second offered, " if found.offered_per_s else ""
    return f"{offered}{found.messages_per_s:g} a second answered, p99 {found.p99_ms:g} ms"
