"""A table of 1,000 questions tested as the studio's page does it: how long, and at what cost.

    python benchmarks/batch_test.py [--questions 1000]

The questions are held-out lines of the content, each with its topic, in an Excel file. Measured is
from the bytes of the file to the stored run: the first time with no process there yet, then again
with the same processes and other questions. Processor time is that of all processes.
"""

import argparse
import asyncio
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from servicebot.adapters.in_git.working_copy import GitWorkingCopy
from servicebot.adapters.in_sql.batch_runs import SqlBatchRuns
from servicebot.adapters.in_sql.drafts import SqlDrafts
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.sealing.aes_gcm import AesGcmSeal
from servicebot.adapters.sealing.key_sources import new_key
from servicebot.adapters.sealing.master_keys import MasterKeys
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.studio_minds import StudioMinds
from servicebot.content.load import load_content
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.batch_runs import BatchRun
from servicebot.settings import Settings, load_settings
from servicebot.studio.batch_tests import BatchTests
from servicebot.studio.editions import EditionFolders
from servicebot.studio.studio import Studio
from servicebot.studio.tables.question_table import read_question_table
from servicebot.studio.tables.write_table import TableForm, write_table

AGAIN = 2
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=1_000)
    count = parser.parse_args().questions
    settings = load_settings(os.environ)
    content = load_content(settings.content_dir)
    lines = [(line, one.id) for one in content.articles.values() for line in one.held_out]
    tables = [
        write_table((("问题", "期望主题"), *lines[start::AGAIN][:count]), TableForm.XLSX)
        for start in range(AGAIN)
    ]
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(_measure(settings, Path(name), tables))


async def _measure(settings: Settings, folder: Path, tables: Sequence[bytes]) -> None:
    clock = SystemClock()
    key = new_key(clock.now())
    minds = StudioMinds(settings, clock)
    copy = GitWorkingCopy(settings.content_dir)
    with closing(SqlEngine(f"sqlite:///{folder / 'records.db'}")) as sql, closing(copy):
        studio = Studio(
            drafts=SqlDrafts(sql),
            copy=copy,
            folders=EditionFolders(settings.content_dir, folder / "studio", frozenset(FLOWS)),
            clock=clock,
        )
        runs = SqlBatchRuns(sql, AesGcmSeal(MasterKeys(lambda: key.line, clock)))
        tests = BatchTests(studio=studio, minds=minds, runs=runs)
        await studio.folders.live()  # the page has asked for it long before
        for number, data in enumerate(tables):
            wall, cpu = time.monotonic(), _cpu_s()
            run = await _run(tests, data)
            told = "processes begin" if number == 0 else "processes are there"
            print(
                f"{told}: {run.summary.questions} questions in {time.monotonic() - wall:.1f} s,"
                f" {_cpu_s() - cpu:.1f} s of processor time, load {os.getloadavg()[0]:.1f};"
                f" {run.summary.passed} of {run.summary.expected} as expected"
            )
        await tests.close()
        await minds.close()


async def _run(tests: BatchTests, data: bytes) -> BatchRun:
    rows = await asyncio.to_thread(read_question_table, "a.xlsx", data)
    testing = await tests.begin("a.xlsx", rows, None, "benchmark")
    while testing.run is None:
        if testing.failed:
            raise SystemExit(testing.failed)
        await asyncio.sleep(0.02)
    return testing.run


def _cpu_s() -> float:
    """Of this process and of those that are there now."""
    mine = resource.getrusage(resource.RUSAGE_SELF)
    return mine.ru_utime + mine.ru_stime + sum(map(_of, multiprocessing.active_children()))


def _of(process: multiprocessing.process.BaseProcess) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()
