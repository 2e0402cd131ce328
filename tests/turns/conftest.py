"""A workshop for each test that builds a turn."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.turns.workshop import Workshop, open_workshop

from servicebot.content.content import Content


@pytest.fixture
async def shop(tmp_path: Path, content: Content) -> AsyncIterator[Workshop]:
    """Real stores, a bank and an ear with tables."""
    async with open_workshop(tmp_path, content) as opened:
        yield opened
