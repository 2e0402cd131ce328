"""The API's document is valid, says every route, and says nothing that is not so."""

import aiohttp
import orjson
import pytest
from openapi_spec_validator import validate

from servicebot.app.stage import LiveStage
from servicebot.web.api_routes import API_ROUTES, LEFT_OUT
from servicebot.web.desk_access import PREFIX
from servicebot.web.openapi import document
from servicebot.web.route import Route
from servicebot.web.routes import build_app


async def test_the_served_document_is_valid(http: aiohttp.ClientSession) -> None:
    async with http.get("/openapi.json") as response:
        assert response.content_type == "application/json"
        served = await response.json()
    validate(served)
    assert served == document("servicebot_desk")


async def test_every_route_is_in_the_document_or_named_as_left_out(stage: LiveStage) -> None:
    told = {
        (method.upper(), path) for path, item in document("x")["paths"].items() for method in item
    }
    routes = {
        (route.method, route.resource.canonical)
        for route in build_app(stage.engine.services).router.routes()
        if route.resource is not None and route.method != "HEAD"
    }
    assert {one for one in routes if one[1] not in LEFT_OUT} == told
    assert {path for _, path in routes - told} == set(LEFT_OUT)
    about = document("x")["info"]["description"]
    assert all(f"`{path}` ({why})" in about for path, why in LEFT_OUT.items())


@pytest.mark.parametrize("route", API_ROUTES, ids=lambda one: f"{one.method} {one.path}")
def test_every_route_has_a_summary_and_the_desks_name_their_roles(route: Route) -> None:
    operation = document("x")["paths"][route.path][route.method.lower()]
    assert operation["summary"].endswith((".", ":"))
    if route.path.startswith(PREFIX) and route.roles is not None:
        assert all(role.value in operation["description"] for role in route.roles)
        assert operation["security"] == [{"desk_session": []}]


def test_every_schema_is_used_and_none_is_there_twice() -> None:
    told = document("x")
    names = set(told["components"]["schemas"])
    used = {name for name in names if f'schemas/{name}"' in orjson.dumps(told).decode()}
    assert used == names
    assert not any(name.endswith(("-Input", "-Output")) for name in names)


def test_over_tls_the_document_names_the_cookie_of_tls() -> None:
    scheme = document("__Host-servicebot_desk")["components"]["securitySchemes"]["desk_session"]
    assert scheme["name"] == "__Host-servicebot_desk"


async def test_a_method_that_a_route_has_not_is_told_which_it_has(
    http: aiohttp.ClientSession,
) -> None:
    async with http.delete("/v1/messages") as response:
        assert (response.status, response.headers["Allow"]) == (405, "POST")
        assert response.content_type == "application/problem+json"
