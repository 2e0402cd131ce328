"""The parts of an installation of many processes."""

import subprocess
import sys


def loaded_by(module: str) -> set[str]:
    """What importing a module loads, in a fresh interpreter."""
    script = f"import sys, {module}; print(' '.join(sys.modules))"
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return set(told.stdout.split())


def test_only_the_worker_loads_the_model_and_its_libraries() -> None:
    assert not {"torch", "faiss", "tokenizers"} & loaded_by("servicebot.cli.processes")


def test_without_a_redis_the_parts_say_what_to_set_or_to_use_instead() -> None:
    for part in ("web", "work", "deliver"):
        told = subprocess.run(
            [sys.executable, "-m", "servicebot", part],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert told.returncode == 2
        assert "SERVICEBOT_REDIS_URL" in told.stderr
        assert "servicebot serve" in told.stderr
