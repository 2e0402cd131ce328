"""A job in a process of its own leaves what it made; its memory goes with it."""

import logging
import os
import runpy
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
