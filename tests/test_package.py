"""The package holds all it needs: the Dockerfile's steps, run in an empty environment."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

COPY = re.compile(r"^COPY (.+) (\S+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def image(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with exactly what the Dockerfile copies, and the package installed from it."""
    root = tmp_path_factory.mktemp("image")
    app = root / "app"
    app.mkdir()
    dockerfile = (project / "Dockerfile").read_text(encoding="utf-8")
    for sources, target in COPY.findall(dockerfile):
        for source in sources.split():
            found = project / source
            if found.is_dir():
                ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
                shutil.copytree(found, app / target, ignore=ignore)
            else:
                shutil.copy(found, app / target)
    # What the image takes from the registry is here already; only our own package is built.
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"),
            *("--no-build-isolation", "--target", str(root / "site"), str(app)),
        ],
        check=True,
        timeout=120,
    )
    shutil.rmtree(app / "src")
    return root


def run(image: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(image / "site"),
        "SERVICEBOT_STORE_DIR": str(image / "var"),
        "SERVICEBOT_STORE_FITTED_DIR": str(Path(__file__).parents[1] / "var" / "fitted"),
    }
    return subprocess.run(
        [sys.executable, "-m", "servicebot", *words],
        cwd=image / "app",
        env=environ,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_the_installed_package_checks_its_content(image: Path) -> None:
    ended = run(image, "content", "check")
    assert ended.returncode == 0, ended.stderr
    assert "All well" in ended.stdout


def test_the_installed_package_answers_with_the_model_inside(image: Path) -> None:
    ended = run(image, "ask", "微粒贷提前还款要手续费吗", "--json")
    assert ended.returncode == 0, ended.stderr
    assert "weilidai/early-repayment" in ended.stdout


def test_the_pages_are_inside(image: Path) -> None:
    static = image / "site" / "servicebot" / "web" / "static"
    assert (static / "chat" / "index.html").is_file()
    assert (static / "desk" / "index.html").is_file()
    assert (static / "studio" / "index.html").is_file()


def test_the_image_runs_as_nobody_special_with_a_health_check(project: Path) -> None:
    dockerfile = (project / "Dockerfile").read_text(encoding="utf-8")
    assert dockerfile.index("USER servicebot") < dockerfile.index("CMD [")
    assert "HEALTHCHECK" in dockerfile


def test_image_and_makefile_pin_the_same_torch(project: Path) -> None:
    pins = {
        name: set(re.findall(r"torch==(\S+)", (project / name).read_text(encoding="utf-8")))
        for name in ("Dockerfile", "Makefile", "constraints.txt")
    }
    assert len({frozenset(found) for found in pins.values()}) == 1, pins


def test_every_dependency_has_an_exact_version(project: Path) -> None:
    described = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*described["dependencies"], *described["optional-dependencies"]["dev"]]
    lines = (project / "constraints.txt").read_text(encoding="utf-8").lower().splitlines()
    pinned = {line.split("==")[0].replace("_", "-") for line in lines if "==" in line}
    wanted = {re.split(r"[\[<>=!~ ]", name)[0].lower().replace("_", "-") for name in named}
    assert wanted - pinned == set()


def test_the_revisions_of_the_records_are_inside(image: Path) -> None:
    ended = run(image, "records", "receipt", "web:x#1")
    assert ended.returncode == 2
    assert "no receipt" in ended.stderr
