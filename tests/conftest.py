"""What many tests need, made once: the project's content and the understander fitted to it."""

from dataclasses import replace
from pathlib import Path

import pytest

from servicebot.app.understander import build_understander
from servicebot.content.content import Content
from servicebot.content.load import load_content
from servicebot.settings import Settings, load_settings
from servicebot.understanding.understand import Understander


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def content(project: Path) -> Content:
    """The content as shipped."""
    return load_content(project)


@pytest.fixture(scope="session")
def settings(project: Path) -> Settings:
    """Settings without any environment; the fitted parts are kept as `make run` keeps them."""
    found = load_settings({}, start=project)
    return replace(found, log_level="ERROR")


@pytest.fixture(scope="session")
def understander(settings: Settings, content: Content) -> Understander:
    """The understander of the shipped content; fitted once, then from the cache."""
    return build_understander(settings, content)
