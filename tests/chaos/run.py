"""`make chaos`: many seeds over both stores, with progress, and a report in Markdown."""

import argparse
import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from rich.progress import Progress
from tests.chaos.kill_workers import Outcome, kill_workers
from tests.servers.redis_server import MISSING, PROGRAM, redis_url

REPORT = Path("var/chaos.md")
HEAD = (
    "| store | seed | messages accepted | deliveries | killed | stood still | bank calls |"
    " entries | seconds | faults |\n|---|---|---|---|---|---|---|---|---|---|"
)


def row(store: str, seed: int, outcome: Outcome) -> str:
    cells = [
        *(store, seed, 1_000, outcome.deliveries, outcome.kills, outcome.stops),
        *(outcome.calls, outcome.entries, f"{outcome.seconds:.1f}", "; ".join(outcome.faults) or 0),
    ]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


async def run_all(stores: list[str], seeds: int) -> list[str]:
    rows = []
    with Progress() as progress:
        task = progress.add_task("chaos", total=len(stores) * seeds)
        for store in stores:
            for seed in range(1, seeds + 1):
                folder = Path(tempfile.mkdtemp(prefix="chaos-"))
                outcome = await kill_workers(seed, redis_url() if store == "redis" else "", folder)
                shutil.rmtree(folder)
                rows.append(row(store, seed, outcome))
                progress.update(task, advance=1, description=f"{store} seed {seed}")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--store", choices=["sqlite", "redis", "both"], default="both")
    asked = parser.parse_args()
    stores = ["sqlite", "redis"] if asked.store == "both" else [asked.store]
    if PROGRAM is None:
        sys.stderr.write(f"left out: {MISSING}\n")
        stores = [store for store in stores if store != "redis"]
    rows = asyncio.run(run_all(stores, asked.seeds))
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join(("# Workers killed and stopped", "", HEAD, *rows, "")), "utf-8")
    failed = [one for one in rows if not one.endswith("| 0 |")]
    sys.stdout.write("\n".join((HEAD, *rows, "", f"{len(failed)} of {len(rows)} runs failed.\n")))
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
