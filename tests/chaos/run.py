"""`make chaos`: every fault with many seeds, with progress, and a report in Markdown."""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from pathlib import Path

from rich.progress import Progress
from tests.chaos.faults import FAULTS
from tests.chaos.finding import Finding
from tests.servers.redis_server import MISSING, PROGRAM

REPORT = Path("var/chaos.md")
HEAD = "| fault | run | seed | seconds | figures | faults |\n|---|---|---|---|---|---|"


def row(name: str, seed: int, seconds: float, found: Finding) -> str:
    faults = "; ".join(found.faults) or "0"
    cells = (FAULTS[name].row, name, str(seed), f"{seconds:.1f}", found.told(), faults)
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


async def play(name: str, seed: int, kills: int) -> tuple[str, bool]:
    """One run in a folder of its own; a run that breaks is a fault like any other."""
    folder, began = Path(tempfile.mkdtemp(prefix="chaos-")), time.monotonic()
    more = {"kills": kills} if kills and name.startswith("repayments") else {}
    try:
        found = await FAULTS[name].play(seed, folder, **more)
    except Exception as error:  # noqa: BLE001  the other runs go on
        found = Finding(faults=[f"the run broke: {error!r}"])
    shutil.rmtree(folder, ignore_errors=True)
    return row(name, seed, time.monotonic() - began, found), bool(found.faults)


def play_all(names: list[str], seeds: int, kills: int) -> tuple[list[str], int]:
    """The rows and how many failed; the report grows with each run, so none is lost."""
    plan = [(name, seed) for name in names for seed in range(1, min(seeds, FAULTS[name].seeds) + 1)]
    rows: list[str] = []
    failed = 0
    with Progress() as progress:
        task = progress.add_task("chaos", total=len(plan))
        for name, seed in plan:
            progress.update(task, description=f"{name}, seed {seed}")
            told, broken = asyncio.run(play(name, seed, kills))
            rows.append(told)
            failed += broken
            progress.update(task, advance=1)
            REPORT.write_text("\n".join(("# Faults played", "", HEAD, *rows, "")), "utf-8")
    return rows, failed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument(
        "--what", nargs="+", default=["all"], help=f"beginnings of: {', '.join(FAULTS)}"
    )
    parser.add_argument("--kills", type=int, default=0, help="in repayments, over each store")
    asked = parser.parse_args()
    wanted = ("",) if "all" in asked.what else tuple(asked.what)
    names = [name for name in FAULTS if name.startswith(wanted)]
    if PROGRAM is None:
        sys.stderr.write(f"{MISSING}\n")
        names = [name for name in names if not FAULTS[name].needs_redis]
    if not names:
        parser.error("nothing begins with that")
    REPORT.parent.mkdir(exist_ok=True)
    rows, failed = play_all(names, asked.seeds, asked.kills)
    sys.stdout.write("\n".join((HEAD, *rows, "", f"{failed} of {len(rows)} runs failed.\n")))
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
