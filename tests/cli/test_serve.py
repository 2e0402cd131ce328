"""The start tells who may sign in."""

import subprocess
import sys
from pathlib import Path

from argon2 import PasswordHasher

from servicebot.cli.serve import (
    SAMPLE_AGENT,
    SAMPLE_APPROVER,
    SAMPLE_EDITOR,
    SAMPLE_PASSWORD,
    banner,
)


def test_the_sample_people_are_told_where_there_are_no_others() -> None:
    told = banner("http://a", bank_url="http://b", has_own_people=False)
    assert all(one in told for one in (SAMPLE_AGENT, SAMPLE_EDITOR, SAMPLE_APPROVER))
    assert f"password of all three is {SAMPLE_PASSWORD}" in told
    assert "http://b/sandbox/customers" in told


def test_the_sample_agent_is_not_told_where_the_settings_name_agents() -> None:
    told = banner("http://a", bank_url="http://b", has_own_people=True)
    assert SAMPLE_AGENT not in told
    assert SAMPLE_PASSWORD not in told
    assert "SERVICEBOT_DESK_AGENTS" in told


def test_without_the_sandbox_nobody_is_named() -> None:
    told = banner("http://a", bank_url=None, has_own_people=False)
    assert SAMPLE_AGENT not in told
    assert "Bank:" not in told


def test_a_start_with_agents_of_its_own_tells_no_sample_password(
    project: Path, tmp_path: Path
) -> None:
    environ = {
        "SERVICEBOT_DESK_AGENTS": f"li={PasswordHasher().hash('a long password')}",
        "SERVICEBOT_STORE_DIR": str(tmp_path),
        "SERVICEBOT_STORE_FITTED_DIR": str(project / "var" / "fitted"),
        "SERVICEBOT_WEB_PORT": "0",
        "PYTHONPATH": str(project / "src"),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "servicebot", "serve", "--sandbox"],
        cwd=project,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            told = []
            for line in server.stdout:
                told.append(line)
                if "Ctrl-C" in line:
                    break
        finally:
            server.terminate()
    assert "servicebot is ready." in "".join(told)
    assert SAMPLE_PASSWORD not in "".join(told)
