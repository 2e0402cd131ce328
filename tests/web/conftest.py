"""The real HTTP application over a real engine and a real sandbox bank, on free ports."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from servicebot.app.stage import LiveStage, open_stage
from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander


@pytest.fixture
async def stage(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> AsyncIterator[LiveStage]:
    """A fresh server with a fresh bank."""
    async with open_stage(settings, content, understander, tmp_path) as opened:
        yield opened


@pytest.fixture
async def http(stage: LiveStage) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of the server."""
    async with aiohttp.ClientSession(stage.url) as session:
        yield session
