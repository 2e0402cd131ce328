"""The served document holds for every route, and no answer of ours takes over 100 ms."""

from collections.abc import Iterator
from statistics import median

import pytest
from tests.fuzz.api import LONGEST_S, Api
from tests.fuzz.api_desk import ApiDesk
from tests.fuzz.server import fuzzed_server
from tests.fuzz.subject import examples, fuzz

from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander
from servicebot.web.api_routes import API_ROUTES
from servicebot.web.route import Route
from servicebot.web.studio_routes import STUDIO_ROUTES

ENOUGH = 5
# No provider is set up here, and somebody may wait for a person all the time.
NOT_REACHED = {
    *(("/v1/desk/bank-sign-in", 303), ("/v1/desk/bank-sign-in/done", 303)),
    ("/v1/desk/tickets/next", 204),
}


@pytest.fixture(scope="module")
def api(
    settings: Settings,
    content: Content,
    understander: Understander,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Api]:
    folder = tmp_path_factory.mktemp("api")
    with fuzzed_server(settings, content, understander, folder) as server:
        desk = ApiDesk(server)
        yield Api(desk)
        desk.close()


# The studio's ask processes of their own, and those that publish would do it with this very content.
ASK_PROCESSES = {"/v1/studio/ask", "/v1/studio/misses", "/v1/studio/drafts/{draft}/effect"}
ROUTES = [route for route in API_ROUTES if route not in STUDIO_ROUTES]


@pytest.mark.parametrize("route", ROUTES, ids=lambda one: f"{one.method} {one.path}")
def test_every_answer_of_a_route_is_in_the_document_and_takes_100_ms_at_most(
    api: Api, route: Route
) -> None:
    name = f"{route.method} {route.path}"
    for asked in api.coverage(route):
        api.check(route, asked)
    for subject in api.subjects(route):
        fuzz(subject, examples() // 12)
    good = {status for status in route.answers if 200 <= status < 400}
    missed = good - set(api.figures.answers[name])
    assert not {one for one in missed if (route.path, one) not in NOT_REACHED}
    for (of, status), walls_s in api.figures.walls_s.items():  # a wait is no work of the loop
        if of == name and len(walls_s) >= ENOUGH:
            assert median(walls_s) <= LONGEST_S, status


@pytest.mark.parametrize(
    "route",
    [route for route in STUDIO_ROUTES if route.path not in ASK_PROCESSES],
    ids=lambda one: f"{one.method} {one.path}",
)
def test_no_request_to_the_studio_is_a_fault_of_the_server(api: Api, route: Route) -> None:
    statuses = {api.status(route, asked) for asked in api.coverage(route)}
    assert statuses
    assert max(statuses) < 500


def test_no_answer_was_a_fault_of_the_server(api: Api) -> None:
    print(api.figures.told())  # noqa: T201  for `pytest -s`
    statuses = {one for counts in api.figures.answers.values() for one in counts}
    assert statuses
    assert max(statuses) < 500
