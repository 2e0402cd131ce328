"""A job in a process of its own leaves what it made; its memory goes with it."""

import logging
import os
import runpy
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType

import pytest

from servicebot.app.run_apart import run_apart

SCRIPT = """
import os
from pathlib import Path
Path(left).write_text(str(os.getpid()), "utf-8")
raise SystemExit(code)
"""


def run_script(folder: Path, code: int) -> str:
    script, left = folder / "script.py", folder / "left"
    script.write_text(SCRIPT, "utf-8")
    run_apart(runpy.run_path, str(script), MappingProxyType({"left": str(left), "code": code}))
    return left.read_text("utf-8")


def test_the_job_runs_in_another_process_and_may_be_handed_frozen_mappings(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert int(run_script(tmp_path, 0)) != os.getpid()
    assert not caplog.records


def test_a_job_that_fails_is_logged_and_the_caller_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        run_script(tmp_path, 3)
    record = next(record for record in caplog.records if record.msg == "process_apart_failed")
    assert record.__dict__["exit_code"] == 3


def test_a_child_that_dies_while_it_starts_leaves_nobody_waiting(tmp_path: Path) -> None:
    """A script without a main guard: its child runs the script again and dies of it."""
    script = tmp_path / "script.py"
    script.write_text(
        "from servicebot.app.run_apart import run_apart\nrun_apart(len, bytes(10_000_000))\n",
        "utf-8",
    )
    ended = subprocess.run(
        [sys.executable, str(script)], timeout=60, capture_output=True, check=False
    )
    assert ended.returncode == 0
