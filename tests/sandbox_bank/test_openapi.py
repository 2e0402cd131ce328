"""The document is valid, says every route, and no route is missing from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_spec_validator import validate

from servicebot.sandbox_bank.app import create_app
from servicebot.sandbox_bank.openapi import CALLS, document
from servicebot.sandbox_bank.openapi_schemas import SCHEMAS
from servicebot.sandbox_bank.options import SandboxOptions
from servicebot.sandbox_bank.routes import endpoints

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import BankClient

NOT_FOR_MACHINES = {"/openapi.json", "/pages.css", "/link/{token}", "/step-up/{token}"}


async def test_the_served_document_is_valid_openapi(bank: BankClient) -> None:
    async with bank.session.get(f"{bank.base}/openapi.json") as response:
        served = await response.json()
    validate(served)
    assert served == document("http://bank.test")


def test_every_route_is_in_the_document_and_the_other_way_round() -> None:
    options = SandboxOptions(
        host="127.0.0.1",
        port=0,
        book_path=":memory:",
        service_token="token",
        public_url="http://bank.test",
    )
    routes = {
        (route.method.lower(), route.resource.canonical)
        for route in create_app(options).router.routes()
        if route.resource is not None and route.resource.canonical not in NOT_FOR_MACHINES
    }
    assert routes == set(CALLS)


def test_keys_and_subjects_are_asked_for_just_where_the_document_says() -> None:
    letters = {"service token": "S", "service token and subject": "C", "anyone on this machine": ""}
    for endpoint in endpoints():
        described = CALLS[endpoint.method.lower(), endpoint.path]
        expected = "K" if endpoint.is_keyed else letters[endpoint.scope.value]
        assert described.who == expected, endpoint.path


def test_every_schema_is_used() -> None:
    used = {name for call in CALLS.values() for name in (call.answer, call.request)}
    assert set(SCHEMAS) - used == {"Problem", "Event"}
