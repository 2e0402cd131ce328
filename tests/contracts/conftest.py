"""Each contract runs once per adapter."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.contracts.adapters import MAILBOX_STORES, MailboxStores, RecordStores, in_sql_at
from tests.contracts.settable_clock import SettableClock


@pytest.fixture(params=list(MAILBOX_STORES))
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MailboxStores]:
    with MAILBOX_STORES[request.param](tmp_path, SettableClock()) as opened:
        yield opened


@pytest.fixture
def archive(records_url: str) -> Iterator[RecordStores]:
    with in_sql_at(records_url, SettableClock()) as opened:
        yield opened
