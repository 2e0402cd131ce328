"""What the queue between a mailbox and the records promises."""

from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import inbound, result


async def turn(stores: LedgerUnderTest, number: int) -> None:
    message = inbound(f"m{number}")
    await stores.mailbox.accept(message)
    claim = await stores.mailbox.claim(10)
    assert claim is not None
    await stores.mailbox.commit(claim, result(message, claim.state, "said"))


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
