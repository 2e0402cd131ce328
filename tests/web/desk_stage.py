"""A desk with people of every role, and browsers to sign in with."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import aiohttp
from argon2 import PasswordHasher

from servicebot.app.stage import LiveStage
from servicebot.domain.desk_people import Account, Role

PASSWORD: Final = "a-long-password"
PEOPLE: Final[Mapping[str, Role]] = {
    "ann": Role.AGENT,
    "bo": Role.AGENT,
    "sue": Role.SUPERVISOR,
    "aud": Role.AUDITOR,
    "adm": Role.ADMIN,
    "edi": Role.EDITOR,
    "app": Role.APPROVER,
}
HASHER: Final = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


async def add_people(stage: LiveStage) -> None:
    """One account for each role, and two agents."""
    for name, role in PEOPLE.items():
        account = Account(name=name, role=role, password_hash=HASHER.hash(PASSWORD))
        await stage.engine.stores.accounts.put(account)


class Browser:
    """One browser at the desk."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def sign_in(self, name: str, password: str = PASSWORD, code: str = "") -> int:
        body = {"name": name, "password": password, "code": code}
        async with self.session.post("/v1/desk/sign-in", json=body) as response:
            return response.status

    async def call(self, method: str, path: str, **body: str) -> tuple[int, Any]:
        url = f"/v1/desk/{path}"
        async with self.session.request(
            method, url, json=body or None, allow_redirects=False
        ) as response:
            told = await response.json(content_type=None) if response.status != 204 else None
            return response.status, told


@asynccontextmanager
async def browser(stage: LiveStage, name: str = "") -> AsyncIterator[Browser]:
    """A fresh browser, signed in where a name is given."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(stage.url, cookie_jar=jar) as session:
        opened = Browser(session)
        if name:
            assert await opened.sign_in(name) == 200
        yield opened
