"""The real HTTP application over a real engine and a real sandbox bank, on free ports."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from tests.web.studio_stage import StudioBrowser, studio_browser

from servicebot.app.stage import LiveStage, open_stage
from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander

METRICS_TOKEN = "of-the-metrics"


@pytest.fixture
async def stage(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> AsyncIterator[LiveStage]:
    """A fresh server with a fresh bank."""
    web = replace(settings.web, metrics_token=METRICS_TOKEN)
    async with open_stage(replace(settings, web=web), content, understander, tmp_path) as opened:
        yield opened


@pytest.fixture
async def http(stage: LiveStage) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of the server."""
    async with aiohttp.ClientSession(stage.url) as session:
        yield session


@pytest.fixture
async def editor(stage: LiveStage) -> AsyncIterator[StudioBrowser]:
    """An editor's browser, at a stage of the studio."""
    async with studio_browser(stage, "edi") as opened:
        yield opened


@pytest.fixture
async def approver(stage: LiveStage) -> AsyncIterator[StudioBrowser]:
    """An approver's browser, at a stage of the studio."""
    async with studio_browser(stage, "app") as opened:
        yield opened
