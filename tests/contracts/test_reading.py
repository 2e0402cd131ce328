"""What a page is shown after the store has become another: restored from a backup, or erased."""

from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import inbound, result

from servicebot.ports.traces import Traces
from servicebot.web.reading import Reading
from servicebot.web.request_forms import Shown

CHAT = "wechat:c1"


async def said(stores: LedgerUnderTest, *names: str) -> None:
    """Each is a line of the customer's and one of the bot's."""
    for name in names:
        await stores.mailbox.accept(inbound(name))
        claim = await stores.mailbox.claim(10.0)
        assert claim is not None
        await stores.mailbox.commit(claim, result(claim.message, claim.state, "one"))


async def erased(stores: LedgerUnderTest) -> None:
    traces = Traces(
        conversation_id=CHAT, channel="wechat", sender="c1", messages=(), tickets=(), turns=0
    )
    assert await stores.ledger.erase(traces)


async def test_a_page_is_shown_each_line_once(stores: LedgerUnderTest) -> None:
    await said(stores, "m1")
    reading = Reading(stores.timeline, CHAT)
    assert [line.seq for line in (await reading.further()).lines] == [1, 2]
    for names, seqs in (((), []), (("m2", "m3"), [3, 4, 5, 6])):
        await said(stores, *names)
        further = await reading.further()
        assert ([line.seq for line in further.lines], further.anew) == (seqs, False)


async def test_a_page_beyond_the_stores_last_line_begins_anew_and_only_once(
    stores: LedgerUnderTest,
) -> None:
    await said(stores, "m1")
    reading = Reading(stores.timeline, CHAT, Shown(after=9))
    further = await reading.further()
    assert ([line.seq for line in further.lines], further.anew) == ([1, 2], True)
    assert not (await reading.further()).anew


async def test_a_page_of_an_erased_conversation_is_told_that_nothing_is_left(
    stores: LedgerUnderTest,
) -> None:
    await said(stores, "m1")
    reading = Reading(stores.timeline, CHAT)
    await reading.further()
    await erased(stores)
    further = await reading.further()
    assert (further.lines, further.anew) == ((), True)
    await said(stores, "m2")
    again = await reading.further()
    assert ([line.seq for line in again.lines], again.anew) == ([1, 2], False)


async def test_another_line_with_the_same_number_is_noticed_by_its_instant(
    stores: LedgerUnderTest,
) -> None:
    await said(stores, "m1")
    shown = (await stores.timeline.lines(CHAT, 0))[-1]
    await erased(stores)
    stores.clock.advance(60)
    await said(stores, "m2", "m3")
    page = Shown(after=shown.seq, at=shown.at.isoformat())
    further = await Reading(stores.timeline, CHAT, page).further()
    assert ([line.seq for line in further.lines], further.anew) == ([1, 2, 3, 4], True)
