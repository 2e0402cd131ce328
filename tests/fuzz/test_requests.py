"""Whatever is sent to the server is answered at once, and never with a fault of its own."""

from collections.abc import Iterator

import pytest
from tests.fuzz.requests import PATHS, subjects
from tests.fuzz.server import FuzzedServer, fuzzed_server
from tests.fuzz.subject import examples, fuzz

from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander


@pytest.fixture(scope="module")
def server(
    settings: Settings,
    content: Content,
    understander: Understander,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[FuzzedServer]:
    folder = tmp_path_factory.mktemp("fuzzed")
    with fuzzed_server(settings, content, understander, folder) as opened:
        yield opened


def test_no_body_frame_header_or_path_is_a_fault(server: FuzzedServer) -> None:
    server.sign_in("sue")
    for subject in subjects(server):
        fuzz(subject, examples() * 3 // 4)
    assert server.asked > examples()  # they did arrive


@pytest.mark.parametrize("name", ["ann", "aud", "adm", ""])
def test_no_path_is_a_fault_for_whoever_asks(server: FuzzedServer, name: str) -> None:
    server.cookie = ""
    if name:
        server.sign_in(name)
    fuzz(next(one for one in subjects(server) if one.name == PATHS), examples() // 2)
