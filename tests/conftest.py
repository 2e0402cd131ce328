"""What many tests need, made once: the project's content and the understander fitted to it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings as settings_of_hypothesis
from tests.programs import POSTGRESQL, told
from tests.servers import postgresql_server as postgresql
from tests.servers.postgresql_server import Server

from servicebot.app.understander import build_understander
from servicebot.content.content import Content
from servicebot.content.load import load_content
from servicebot.settings import Settings, load_settings
from servicebot.understanding.understand import Understander

# No deadlines: a busy machine is slow, and how fast something is stands under benchmarks/.
settings_of_hypothesis.register_profile("usual", deadline=None)
settings_of_hypothesis.register_profile("thorough", deadline=None)
settings_of_hypothesis.load_profile("usual")

_NEED_THE_MODEL = {"understander", "server"}
_RUN_THE_PROGRAM = ("tests/cli/", "tests/browser/", "tests/chaos/test_sigterm.py")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Where the tests are shared by several processes, the model is fitted before they start."""
    shares = getattr(session.config.option, "numprocesses", None)
    if shares and not session.config.option.collectonly:
        _fit(session.config)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Fits the model once, aloud and without a deadline, before any test that needs it runs.

    Whoever starts the program finds the fitted parts in the cache then and is ready in seconds.
    """
    needed = any(
        _NEED_THE_MODEL & set(getattr(item, "fixturenames", ()))
        or item.nodeid.startswith(_RUN_THE_PROGRAM)
        for item in session.items
    )
    if not needed or session.config.option.collectonly:
        return
    _fit(session.config)


def _fit(config: pytest.Config) -> None:
    root = Path(__file__).parents[1]
    capture = config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        build_understander(load_settings({}, start=root), load_content(root))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Says plainly, below all else, what was not tested because the machine lacks a program."""
    yield
    skipped = terminalreporter.stats.get("skipped", [])
    for line in told([str(report.longrepr[2]) for report in skipped]):
        terminalreporter.write_line(line, yellow=True)


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


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """The machine's PostgreSQL, started once, for itself."""
    with postgresql.running(POSTGRESQL.needed()) as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql_server: Server) -> Iterator[str]:
    """The address of an empty database on it."""
    with postgresql_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def records_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of empty records, once on each database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.db'}"
    return str(request.getfixturevalue("postgresql_url"))
