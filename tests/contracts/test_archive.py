"""The way of a receipt from its turn to the records, over every mailbox and every records."""

import asyncio
import logging
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from tests.contracts.adapters import LedgerUnderTest, RecordStores, in_sqlite
from tests.contracts.examples import inbound, receipt, result, unreadable
from tests.contracts.settable_clock import SettableClock
from tests.sealing import records_on
from tests.servers.postgresql_server import Server

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.domain.receipts import Receipt
from servicebot.turns import archive as archiving


async def turn(stores: LedgerUnderTest, number: int, left: Receipt | None = None) -> None:
    """A turn that leaves a receipt: its own, or the given one."""
    message = inbound(f"m{number}")
    await stores.mailbox.accept(message)
    claim = await stores.mailbox.claim(10)
    assert claim is not None
    done = result(message, claim.state, "said")
    await stores.mailbox.commit(claim, replace(done, receipt=left or done.receipt))


async def kept(records: RecordStores) -> list[str]:
    found = await records.records.of_conversation("wechat:c1")
    return sorted(one.message.message_id for one in found.receipts)


async def test_every_receipt_arrives_once(stores: LedgerUnderTest, archive: RecordStores) -> None:
    for number in range(4):
        await turn(stores, number)
    assert await archiving.archive(stores.unrecorded, archive.records) == 4
    assert await archiving.archive(stores.unrecorded, archive.records) == 0
    assert await kept(archive) == ["m0", "m1", "m2", "m3"]


async def test_a_receipt_that_cannot_be_read_stops_nothing(
    stores: LedgerUnderTest, archive: RecordStores
) -> None:
    for number in range(3):
        left = unreadable(receipt(inbound("m1"), 2)) if number == 1 else None
        await turn(stores, number, left)
    assert await archiving.archive(stores.unrecorded, archive.records) == 2
    assert await kept(archive) == ["m0", "m2"]
    assert await stores.unrecorded.count_aside() == 1
    assert not await stores.unrecorded.unrecorded(10)


async def test_a_receipt_that_the_records_never_take_stops_nothing(
    stores: LedgerUnderTest, postgresql_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """PostgreSQL keeps to the lengths of the columns; SQLite never did."""
    for number in range(3):
        left = replace(receipt(inbound("m1"), 2), decision="d" * 201) if number == 1 else None
        await turn(stores, number, left)
    with closing(SqlEngine(postgresql_url)) as sql:
        assert await archiving.archive(stores.unrecorded, records_on(sql)) == 2
        found = await records_on(sql).of_conversation("wechat:c1")
    assert [one.message.message_id for one in found.receipts] == ["m0", "m2"]
    assert await stores.unrecorded.count_aside() == 1
    told = [record for record in caplog.records if record.msg == "unreadable_receipt"]
    assert [(one.__dict__["turn"], one.levelno) for one in told] == [("2", logging.ERROR)]
    assert "text of m1" not in caplog.text


async def test_two_archivers_at_once_store_each_receipt_once(
    stores: LedgerUnderTest, records_url: str
) -> None:
    for number in range(60):
        await turn(stores, number)
    with closing(SqlEngine(records_url)) as one, closing(SqlEngine(records_url)) as other:
        both = [records_on(one), records_on(other)]
        moved = await asyncio.gather(
            *(archiving.archive(stores.unrecorded, records) for records in both)
        )
        assert max(moved) == 60
        found = await both[0].of_conversation("wechat:c1")
        assert len({receipt.turn_id for receipt in found.receipts}) == len(found.receipts) == 60


async def test_nothing_is_lost_when_postgresql_dies_and_comes_back(
    tmp_path: Path, postgresql_server: Server, postgresql_url: str
) -> None:
    """Killed while receipts stream in: each is in the mailbox or in the records, then in these."""
    with closing(SqlEngine(postgresql_url)) as sql:
        async with in_sqlite(tmp_path, SettableClock()) as stores:
            await _kill_and_come_back(stores, records_on(sql), postgresql_server)


async def _kill_and_come_back(
    stores: LedgerUnderTest, records: SqlRecords, postgresql_server: Server
) -> None:
    done = asyncio.Event()

    async def keep_archiving() -> None:
        while not done.is_set():
            await archiving.archive(stores.unrecorded, records)
            await asyncio.sleep(0)

    repeating = asyncio.create_task(keep_archiving())
    for number in range(20):
        await turn(stores, number)
    try:
        await asyncio.to_thread(postgresql_server.kill)
        for number in range(20, 30):
            await turn(stores, number)
        assert await archiving.archive(stores.unrecorded, records) == 0
        assert len(await stores.unrecorded.unrecorded(99)) >= 10
    finally:
        done.set()
        await repeating
        await asyncio.to_thread(postgresql_server.start)
    await archiving.archive(stores.unrecorded, records)
    found = await records.of_conversation("wechat:c1")
    assert sorted(one.message.message_id for one in found.receipts) == sorted(
        f"m{number}" for number in range(30)
    )
    assert not await stores.unrecorded.unrecorded(1)
