"""Each contract runs once per adapter."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tests.contracts.adapters import (
    LEDGERS,
    LedgerUnderTest,
    RecordStores,
    in_sql_at,
    ledger_names,
)
from tests.contracts.settable_clock import SettableClock


@pytest.fixture(params=ledger_names())
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[LedgerUnderTest]:
    async with LEDGERS[request.param](tmp_path, SettableClock()) as opened:
        yield opened


@pytest.fixture
def archive(records_url: str) -> Iterator[RecordStores]:
    with in_sql_at(records_url, SettableClock()) as opened:
        yield opened
