"""`servicebot bench` against a real server."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import orjson

from servicebot.app.stage import LiveStage


async def bench(project: Path, *words: str) -> tuple[int, dict[str, Any]]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "servicebot", "bench", "--json", *words),
        cwd=project,
        env=kept,
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    return process.returncode or 0, orjson.loads(told)


async def test_an_open_loop_reports_and_draws(
    stage: LiveStage, project: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "latency.svg"
    load = ("--rate", "10", "--seconds", "2", "--even", "--plot", str(picture))
    code, told = await bench(project, "--url", stage.url, "--url", stage.url, *load)
    assert (code, told["messages"], told["errors"]) == (0, 20, 0)
    assert told["offered_per_s"] == 10
    assert 0 < told["p50_ms"] <= told["p99_ms"] <= told["max_ms"]
    assert picture.read_text(encoding="utf-8").startswith("<svg")


async def test_a_closed_loop_and_accepts_alone_are_answered(
    stage: LiveStage, project: Path
) -> None:
    load = ("--messages", "24", "--senders", "4")
    code, told = await bench(project, "--url", stage.url, *load)
    assert (code, told["messages"], told["errors"], told["offered_per_s"]) == (0, 24, 0, None)
    code, told = await bench(project, "--url", stage.url, *load, "--accept", "--taught")
    assert (code, told["errors"]) == (0, 0)
