"""Signing in with the bank's account, against a real provider on this machine."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from oidc_provider_mock import User, run_server_in_thread
from tests.web.desk_stage import Browser, add_people
from yarl import URL

from servicebot.app.stage import LiveStage, open_stage
from servicebot.content.content import Content
from servicebot.desk_settings import Oidc
from servicebot.domain.desk_people import Role
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander

# The provider calls what its own library gives up.
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:authlib", "ignore:get_jwt_config"
)

USERS = (
    User(sub="lead", claims={"preferred_username": "林经理", "roles": ["staff", "desk-leads"]}),
    User(sub="guest", claims={"preferred_username": "guest", "roles": ["staff"]}),
    User(sub="ann", claims={"preferred_username": "ann", "roles": "desk-agents"}),
)
ROLES = {"desk-leads": Role.SUPERVISOR, "desk-agents": Role.AGENT}


@pytest.fixture
def provider() -> Iterator[str]:
    with run_server_in_thread(user_claims=USERS, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
async def stage(
    settings: Settings,
    content: Content,
    understander: Understander,
    tmp_path: Path,
    provider: str,
) -> AsyncIterator[LiveStage]:
    oidc = Oidc(issuer=provider, client_id="desk", client_secret="s", roles=ROLES)
    with_oidc = replace(settings, desk=replace(settings.desk, oidc=oidc))
    async with open_stage(with_oidc, content, understander, tmp_path) as opened:
        await add_people(opened)
        yield opened


@pytest.fixture
async def one(stage: LiveStage) -> AsyncIterator[Browser]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(stage.url, cookie_jar=jar) as session:
        yield Browser(session)


async def went_to(one: Browser, url: str) -> str:
    """Where a page of ours sends the browser."""
    async with one.session.get(url, allow_redirects=False) as response:
        assert response.status == 303
        return response.headers["Location"]


async def approved(url: str, person: str) -> str:
    """The person agrees at the provider; the address that it sends the browser back to."""
    async with aiohttp.ClientSession() as elsewhere:
        call = elsewhere.post(url, data={"sub": person}, allow_redirects=False)
        async with call as response:
            assert response.status == 302
            return response.headers["Location"]


async def begun(one: Browser) -> str:
    return await went_to(one, "/v1/desk/bank-sign-in")


async def test_who_comes_from_the_bank_has_the_role_of_the_claim(
    stage: LiveStage, one: Browser
) -> None:
    url = await begun(one)
    asked = parse_qs(urlsplit(url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    back = await approved(url, "lead")
    assert await went_to(one, back) == "/desk#signed-in"
    assert await one.call("GET", "me") == (200, {"agent": "林经理", "role": "supervisor"})
    (row,) = await stage.engine.stores.audit.rows(0, 10)
    assert row.entry is not None
    assert (row.entry.who, row.entry.detail) == ("林经理", "bank")


async def test_an_answer_is_taken_once_and_only_by_the_browser_that_asked(
    stage: LiveStage, one: Browser
) -> None:
    back = await approved(await begun(one), "lead")
    refused = "/desk#refused=bank_sign_in_failed"
    async with aiohttp.ClientSession(stage.url) as other:
        assert await went_to(Browser(other), back) == refused
    cookie = one.session.cookie_jar.filter_cookies(URL(stage.url) / "v1/desk/bank-sign-in")
    kept = cookie["servicebot_bank_sign_in"].value
    assert await went_to(one, back) == "/desk#signed-in"
    headers = {"Cookie": f"servicebot_bank_sign_in={kept}"}
    async with (
        aiohttp.ClientSession(stage.url, headers=headers) as again,
        again.get(back, allow_redirects=False) as response,
    ):
        assert response.headers["Location"] == refused


@pytest.mark.parametrize("change", ["state", "code"])
async def test_a_changed_state_or_code_signs_nobody_in(one: Browser, change: str) -> None:
    back = await approved(await begun(one), "lead")
    changed = re.sub(rf"{change}=[^&]+", f"{change}=another", back)
    assert await went_to(one, changed) == "/desk#refused=bank_sign_in_failed"
    assert (await one.call("GET", "me"))[0] == 401


@pytest.mark.parametrize("person", ["guest", "ann"])
async def test_no_role_or_the_name_of_a_local_account_signs_nobody_in(
    one: Browser, person: str
) -> None:
    """Whoever has `ann` as their name at the bank is not the ann who has a password here."""
    back = await approved(await begun(one), person)
    assert await went_to(one, back) == "/desk#refused=no_role"
    assert (await one.call("GET", "me"))[0] == 401


@pytest.mark.parametrize("key", ["next", "redirect", "redirect_uri", "return_to", "url"])
async def test_no_parameter_leads_to_another_place(
    stage: LiveStage, one: Browser, provider: str, key: str
) -> None:
    url = await went_to(one, f"/v1/desk/bank-sign-in?{key}=https://evil.example")
    assert url.startswith(provider)
    assert parse_qs(urlsplit(url).query)["redirect_uri"] == [
        f"{stage.url}/v1/desk/bank-sign-in/done"
    ]
    back = await approved(url, "lead")
    assert await went_to(one, f"{back}&{key}=https://evil.example") == "/desk#signed-in"


async def test_without_settings_there_is_no_such_way(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> None:
    async with (
        open_stage(settings, content, understander, tmp_path) as stage,
        aiohttp.ClientSession(stage.url) as session,
    ):
        assert await Browser(session).call("GET", "ways") == (200, {"bank": False})
        assert (await Browser(session).call("GET", "bank-sign-in"))[0] == 404
        assert (await Browser(session).call("GET", "bank-sign-in/done"))[0] == 404
