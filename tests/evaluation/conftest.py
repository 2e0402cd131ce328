"""Where the licensed data stands, and a way to write tables."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.ports.encoder import Encoder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The bundled one."""
    return open_encoder()


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """`SERVICEBOT_DATA`, default `../shared/data`; the test is skipped where it is missing."""
    folder = Path(os.environ.get("SERVICEBOT_DATA", "../shared/data"))
    if not folder.is_dir():
        pytest.skip(f"no data folder at {folder}; set SERVICEBOT_DATA")
    return folder


@pytest.fixture
def write_table(tmp_path: Path) -> Callable[[str, Sequence[str]], Path]:
    """Writes lines under a name and gives the path."""

    def write(name: str, lines: Sequence[str]) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    return write
