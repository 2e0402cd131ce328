"""What the queue between a mailbox and the records promises."""

import logging
from dataclasses import replace

import pytest
from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import inbound, receipt, result, unreadable

from servicebot.domain.receipts import Receipt


async def turn(stores: LedgerUnderTest, number: int, left: Receipt | None = None) -> None:
    message = inbound(f"m{number}")
    await stores.mailbox.accept(message)
    claim = await stores.mailbox.claim(10)
    assert claim is not None
    done = result(message, claim.state, "said")
    await stores.mailbox.commit(claim, replace(done, receipt=left or done.receipt))


async def test_receipts_wait_oldest_first_until_they_are_recorded(stores: LedgerUnderTest) -> None:
    for number in range(5):
        await turn(stores, number)
    first = await stores.unrecorded.unrecorded(2)
    assert [one.message.message_id for one in first] == ["m0", "m1"]
    assert list(await stores.unrecorded.unrecorded(2)) == list(first)
    await stores.unrecorded.recorded([one.turn_id for one in first])
    rest = await stores.unrecorded.unrecorded(10)
    assert [one.message.message_id for one in rest] == ["m2", "m3", "m4"]


async def test_recording_twice_or_nothing_is_harmless(stores: LedgerUnderTest) -> None:
    await turn(stores, 1)
    await stores.unrecorded.recorded(["wechat:c1#1", "wechat:c1#1", "nobody#9"])
    await stores.unrecorded.recorded([])
    assert not await stores.unrecorded.unrecorded(10)


async def test_a_receipt_that_cannot_be_read_is_set_aside_counted_and_told_once(
    stores: LedgerUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    assert await stores.unrecorded.count_aside() == 0
    for number in range(3):
        await turn(stores, number, unreadable(receipt(inbound("m0"), 1)) if number == 0 else None)
    for _ in range(2):
        found = await stores.unrecorded.unrecorded(2)
        assert found[0].message.message_id == "m1"
        assert await stores.unrecorded.count_aside() == 1
    (told,) = [record for record in caplog.records if record.msg == "unreadable_receipt"]
    assert told.levelno == logging.ERROR
    assert told.__dict__["turn"] == "1"
    assert told.__dict__["why"] == "Receipt: float_type at understanding.acts.0.probability"
    for word in ("text of m0", "said", "wechat"):
        assert word not in str(told.__dict__)


async def test_when_none_of_the_oldest_can_be_read_the_next_ones_are_found(
    stores: LedgerUnderTest,
) -> None:
    for number in range(7):
        left = unreadable(receipt(inbound(f"m{number}"), number + 1)) if number < 5 else None
        await turn(stores, number, left)
    found = await stores.unrecorded.unrecorded(2)
    assert [one.message.message_id for one in found] == ["m5", "m6"]
    assert await stores.unrecorded.count_aside() == 5


async def test_setting_aside_twice_or_what_is_not_there_is_harmless(
    stores: LedgerUnderTest,
) -> None:
    await turn(stores, 0)
    for turn_id in ("wechat:c1#1", "wechat:c1#1", "nobody#9"):
        await stores.unrecorded.set_aside(turn_id, "why")
    assert await stores.unrecorded.count_aside() == 1
    assert not await stores.unrecorded.unrecorded(1)
