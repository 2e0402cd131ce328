"""Thirty deaths and cuts in the middle of repayments; `make chaos` plays two thousand."""

from pathlib import Path

import pytest
from tests.chaos.repayments import repayments
from tests.servers.redis_server import MISSING, PROGRAM


@pytest.mark.parametrize(
    "in_redis",
    [False, pytest.param(True, marks=pytest.mark.skipif(PROGRAM is None, reason=MISSING))],
)
async def test_a_repayment_is_posted_once_whatever_dies_or_is_cut_on_its_way(
    in_redis: bool,  # noqa: FBT001  a parameter of the test
    tmp_path: Path,
) -> None:
    found = await repayments(1, tmp_path, kills=30, in_redis=in_redis)
    assert found.faults == []
