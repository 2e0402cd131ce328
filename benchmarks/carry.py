"""What one installation carries, on this machine: answers a second, processor time, memory, the accept.

Run: `.venv/bin/python benchmarks/carry.py [embedded] [redis-1] [redis-2] [redis-3]`; all of them when none is
named, one after another, each with a store of its own and the sample bank. `embedded` is `servicebot serve`
on SQLite; `redis-N` is one `web` and N `work` processes over a Redis that flushes every write
(`appendfsync always`). The load comes from `servicebot bench` on the same machine and takes processor time
of its own, so figures of a machine of few cores are those of the whole bench. Of each topology:

- taught: as fast as 16 senders are answered, texts that the cache knows: the path without the model;
- distinct: the same with held-out questions, none twice;
- ms/message: user and system time of all parts (and of Redis, apart) by the messages, from /proc;
- accept: `POST /v1/messages` without waiting, 40 a second for 10 s, from the intended send time;
- memory of one process, in MB, at the end: RSS, PSS and USS as benchmarks/memory.py says.
"""

import asyncio
import json
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from servicebot.app.cluster import Cluster, Part, own_redis, plan, ready
from servicebot.app.sandbox_process import sandbox_process
from servicebot.settings import load_settings

ROOT = Path(__file__).parents[1]
TOPOLOGIES = ("embedded", "redis-1", "redis-2", "redis-3")
WARM_UP = ("--taught", "--messages", "400")
LOADS: Mapping[str, Sequence[str]] = {
    "taught": ("--taught", "--messages", "3000", "--senders", "16"),
    "distinct": ("--messages", "1500", "--senders", "16", "--seed", "0"),
}
ACCEPT = ("--accept", "--taught", "--rate", "40", "--seconds", "10")
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Running:
    """A topology that answers: its servers, its processes, its Redis."""

    urls: Sequence[str]
    pids: Mapping[str, int]
    redis: int | None


def main() -> None:
    chosen = sys.argv[1:] or TOPOLOGIES
    print(f"load before: {os.getloadavg()[0]:.1f}")
    for name in chosen:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(measure(name, Path(folder)))


async def measure(name: str, folder: Path) -> None:
    """Prints the figures of one topology."""
    async with opened(name, folder) as running:
        await bench(running.urls, WARM_UP)
        for load, words in LOADS.items():
            pids = running.pids.values()
            before, redis = spent_ms(pids), spent_ms([running.redis])
            found = await bench(running.urls, words)
            each = (spent_ms(pids) - before) / found["messages"]
            stores = (spent_ms([running.redis]) - redis) / found["messages"]
            print(
                f"{name} {load}: {found['messages_per_s']} a second, p50 {found['p50_ms']} ms,"
                f" p99 {found['p99_ms']} ms, {each:.2f} ms/message, Redis {stores:.2f},"
                f" errors {found['errors']}, load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
        found = await bench(running.urls, ACCEPT)
        print(f"{name} accept: p50 {found['p50_ms']} ms, p99 {found['p99_ms']} ms", flush=True)
        for part, pid in running.pids.items():
            print(f"{name} memory of {part}: {memory(pid)}", flush=True)


@asynccontextmanager
async def opened(name: str, folder: Path) -> AsyncIterator[Running]:
    """Starts a topology and stops it."""
    environ = {
        **os.environ,
        "SERVICEBOT_STORE_DIR": str(folder),
        "SERVICEBOT_STORE_FITTED_DIR": str(ROOT / "var" / "fitted"),
        "SERVICEBOT_LOG_LEVEL": "WARNING",
    }
    port = free_ports()
    if name == "embedded":
        part = Part(
            name="serve",
            command=(sys.executable, "-m", "servicebot", "serve", "--sandbox"),
            port=port,
            environ={**environ, "SERVICEBOT_WEB_PORT": str(port)},
        )
        process = await asyncio.create_subprocess_exec(
            *part.command, env=part.environ, stdout=asyncio.subprocess.DEVNULL
        )
        try:
            await ready(part)
            yield Running(urls=(part.url,), pids={"serve": process.pid}, redis=None)
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()
        return
    settings = load_settings({}, start=ROOT)
    settings = replace(
        settings,
        store=replace(settings.store, dir=folder),
        web=replace(settings.web, port=port),
    )
    with sandbox_process(settings, port + 20, token="t" * 24, secret="s" * 24) as bank:
        bank_environ = {
            "SERVICEBOT_BANK_URL": bank,
            "SERVICEBOT_BANK_TOKEN": "t" * 24,
            "SERVICEBOT_BANK_CALLBACK_SECRET": "s" * 24,
        }
        async with own_redis(folder / "redis") as url:
            redis = {"SERVICEBOT_REDIS_URL": url, **bank_environ}
            parts = plan({**environ, **redis}, web=1, work=int(name[-1]), first_port=port)
            cluster = Cluster(parts)
            try:
                await cluster.start()
                pids = {one: process.pid for one, process in cluster.processes.items()}
                web = tuple(part.url for part in parts if part.name.startswith("web"))
                yield Running(urls=web, pids=pids, redis=child("redis-server"))
            finally:
                await cluster.stop()


def free_ports() -> int:
    """The first of some ports that are likely free, as nothing is on that one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1]) % 20_000 + 20_000


async def bench(urls: Sequence[str], words: Sequence[str]) -> dict[str, Any]:
    """The report of one load."""
    servers = [word for url in urls for word in ("--url", url)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "servicebot", "bench", "--json", *servers, *words),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    found: dict[str, Any] = json.loads(told)
    return found


def spent_ms(pids: Any) -> float:
    """User and system time of processes so far."""
    spent = 0.0
    for pid in pids:
        if pid is not None:
            fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(") ")[2].split()
            spent += (int(fields[11]) + int(fields[12])) * TICK_MS
    return spent


def child(name: str) -> int | None:
    """Our own child of that name."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told, _, rest = (folder / "stat").read_text("utf-8").rpartition(") ")
        except OSError:
            continue
        if name.startswith(told.partition("(")[2]) and int(rest.split()[1]) == os.getpid():
            return int(folder.name)
    return None


def memory(pid: int) -> str:
    """RSS, PSS and USS, MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()[1:]
    kb = {words[0]: int(words[1]) for words in map(str.split, lines)}
    own = kb["Private_Clean:"] + kb["Private_Dirty:"]
    figures = ("RSS", kb["Rss:"]), ("PSS", kb["Pss:"]), ("USS", own)
    return ", ".join(f"{kind} {value / 1024:.0f}" for kind, value in figures)


if __name__ == "__main__":
    main()
