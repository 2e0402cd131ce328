"""`make flood`: plays the floods against a real `servicebot serve --sandbox`, report in var/flood.md."""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

import orjson
from tests.flood.attacks import ATTACKS
from tests.flood.watch import Watched, Watcher, at
from tests.servers.program import ROOT, program
from tests.servers.redis_server import free_port

REPORT = Path("var/flood.md")
DESCRIPTORS = 1_024
HEALTH_P99_MS, SIGN_IN_MS, MEMORY = 100.0, 2_000.0, 1.2
HEAD = (
    "| flood | /healthz p50 / p99 ms | page and files, worst ms | customer p50 / worst ms "
    "| sign-in, worst ms | memory | log KiB | what became of it | not kept |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


async def attack(name: str, url: str, seconds: float) -> dict[str, float | str]:
    """Plays one flood in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.flood.attacks", name, url, str(seconds)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    found: dict[str, float | str] = orjson.loads(told) if told else {"the attacker": "failed"}
    return found


def faults(seen: Watched, quiet_mb: float) -> list[str]:
    """The promises that did not hold."""
    checks = {
        f"/healthz p99 > {HEALTH_P99_MS:.0f} ms": at(seen.health, 0.99) > HEALTH_P99_MS,
        "the page did not load": at(seen.page, 1.0) >= 10_000,
        "a customer had no answer": at(seen.customer, 1.0) >= 10_000,
        f"sign-in > {SIGN_IN_MS:.0f} ms": at(seen.agent, 1.0) > SIGN_IN_MS,
        f"memory > {MEMORY} times": seen.memory_mb > MEMORY * quiet_mb,
    }
    return [fault for fault, broken in checks.items() if broken]


def row(name: str, seen: Watched, quiet_mb: float, told: dict[str, float | str]) -> str:
    became = ", ".join(f"{key}: {value:.4g}" for key, value in told.items())
    cells = (
        name,
        f"{at(seen.health, 0.5):.0f} / {at(seen.health, 0.99):.0f}",
        f"{at(seen.page, 1.0):.0f}",
        f"{at(seen.customer, 0.5):.0f} / {at(seen.customer, 1.0):.0f}",
        f"{at(seen.agent, 1.0):.0f}",
        f"{seen.memory_mb:.0f} MB ({seen.memory_mb / quiet_mb:.2f})",
        f"{seen.log_kb:.0f}",
        became,
        "; ".join(faults(seen, quiet_mb)) or "-",
    )
    return "| " + " | ".join(cells) + " |"


async def play(names: list[str], seconds: float) -> tuple[list[str], int]:
    """One server for all floods, one after another; the report grows with each."""
    rows: list[str] = []
    failed = 0
    folder = Path(tempfile.mkdtemp(prefix="flood-"))
    words = ("serve", "--sandbox", "--sandbox-port", str(free_port()))
    async with program(*words, folder=folder, settings={}, descriptors=DESCRIPTORS) as started:
        watcher = Watcher(started.url, started.process.pid, folder / "serve.log")
        async with watcher.watching() as warm:
            await asyncio.sleep(3)
        async with watcher.watching() as warm:
            await asyncio.sleep(8)
        quiet_mb = warm.memory_mb
        for name in ("quiet", *names):
            async with watcher.watching() as seen:
                told = {} if name == "quiet" else await attack(name, started.url, seconds)
                await asyncio.sleep(8 if name == "quiet" else 2)
            rows.append(row(name, seen, quiet_mb, told))
            failed += bool(faults(seen, quiet_mb))
            sys.stdout.write(rows[-1] + "\n")
            sys.stdout.flush()
            write(rows, seconds)
            await asyncio.sleep(3)
    return rows, failed


def write(rows: list[str], seconds: float) -> None:
    """The report as far as it has come."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    head = (
        f"# Floods played\n\n{seconds:.0f} s each, {os.cpu_count()} cores, load {load}, "
        f"descriptor limit {DESCRIPTORS}; attackers and customers on the same machine."
    )
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join((head, "", HEAD, *rows, "")), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=25.0)
    parser.add_argument("--what", nargs="+", default=list(ATTACKS), choices=list(ATTACKS))
    asked = parser.parse_args()
    sys.stdout.write(HEAD + "\n")
    rows, failed = asyncio.run(play(asked.what, asked.seconds))
    sys.stdout.write(f"\n{failed} of {len(rows)} runs did not keep a promise.\n")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
