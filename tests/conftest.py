"""What many tests need: the project's own content, once."""

from pathlib import Path

import pytest

from servicebot.content.content import Content
from servicebot.content.load import load_content


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def content(project: Path) -> Content:
    """The content as shipped."""
    return load_content(project)
