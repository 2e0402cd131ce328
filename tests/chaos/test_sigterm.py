"""SIGTERM under load: nothing is lost, nothing happens twice, and it does not take long."""

from pathlib import Path

import pytest
from tests.chaos.sigterm import sigterm
from tests.servers.redis_server import MISSING, PROGRAM


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "part",
    ["serve", pytest.param("web", marks=pytest.mark.skipif(PROGRAM is None, reason=MISSING))],
)
async def test_the_program_ends_well_under_load_with_chat_pages_open(
    part: str, tmp_path: Path
) -> None:
    found = await sigterm(1, tmp_path, part=part)
    assert found.faults == []
    assert float(found.figures["stopped after (s)"]) <= 10  # as docker allows
