"""Each contract runs once per adapter."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tests.contracts.adapters import (
    LEDGERS,
    RECORD_STORES,
    LedgerUnderTest,
    RecordStores,
    ledger_names,
)
from tests.contracts.settable_clock import SettableClock


@pytest.fixture(params=ledger_names())
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[LedgerUnderTest]:
    async with LEDGERS[request.param](tmp_path, SettableClock()) as opened:
        yield opened


@pytest.fixture(params=list(RECORD_STORES))
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RecordStores]:
    with RECORD_STORES[request.param](tmp_path, SettableClock()) as opened:
        yield opened
