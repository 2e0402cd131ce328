"""A studio over a copy of the content, with an editor and two approvers."""

import io
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import aiohttp
from tests.web.desk_stage import HASHER, PASSWORD

from servicebot.app.stage import LiveStage, open_stage
from servicebot.content.content import Content
from servicebot.domain.desk_people import Account, Role
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander

PEOPLE: Final = {"edi": Role.EDITOR, "app": Role.APPROVER, "bob": Role.APPROVER, "ann": Role.AGENT}
CONTENT: Final = Path(__file__).parents[2]


@asynccontextmanager
async def open_studio_stage(
    settings: Settings, content: Content, understander: Understander, folder: Path
) -> AsyncIterator[LiveStage]:
    """A running program whose content may be changed."""
    for name in ("knowledge_base", "intents"):
        shutil.copytree(CONTENT / name, folder / "content" / name)
    own = replace(settings, content_dir=folder / "content")
    async with open_stage(own, content, understander, folder / "stage", watch=True) as stage:
        for name, role in PEOPLE.items():
            account = Account(name=name, role=role, password_hash=HASHER.hash(PASSWORD))
            await stage.engine.stores.accounts.put(account)
        yield stage


class StudioBrowser:
    """One browser at the studio."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def call(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        url = f"/v1/studio/{path}"
        async with self._session.request(method, url, json=body) as response:
            return response.status, await response.json(content_type=None)

    async def get(self, path: str) -> Any:
        status, told = await self.call("GET", path)
        assert status == 200, told
        return told

    async def upload(self, path: str, data: bytes | AsyncIterator[bytes]) -> tuple[int, Any]:
        body = io.BytesIO(data) if isinstance(data, bytes) else data
        shown = {"Content-Type": "application/octet-stream"}
        url = f"/v1/studio/{path}"
        async with self._session.post(url, data=body, headers=shown) as response:
            return response.status, await response.json(content_type=None)

    async def download(self, path: str) -> bytes:
        async with self._session.get(f"/v1/studio/{path}") as response:
            assert response.status == 200, await response.text()
            assert response.headers["Content-Disposition"].startswith("attachment")
            return await response.read()

    async def post(self, path: str, body: object = None, status: int = 200) -> Any:
        found, told = await self.call("POST", path, body)
        assert found == status, told
        return told


@asynccontextmanager
async def studio_browser(stage: LiveStage, name: str) -> AsyncIterator[StudioBrowser]:
    """A fresh browser, signed in."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(stage.url, cookie_jar=jar) as session:
        body = {"name": name, "password": PASSWORD, "code": ""}
        async with session.post("/v1/desk/sign-in", json=body) as response:
            assert response.status == 200
        yield StudioBrowser(session)
