"""What every timeline promises."""

import asyncio

from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import inbound, result

from servicebot.domain.messages import Arrival, Author, Rate, Unreadable
from servicebot.ports.mailbox import MOST_WAITING

LEASE_S = 10.0


async def work(stores: LedgerUnderTest) -> None:
    while (claim := await stores.mailbox.claim(LEASE_S)) is not None:
        done = result(claim.message, claim.state, "one", "two")
        await stores.mailbox.commit(claim, done)


async def test_lines_are_numbered_from_one_without_gaps(stores: LedgerUnderTest) -> None:
    messages = [inbound(f"m{n}", conversation=f"c{n % 3}") for n in range(18)]
    await asyncio.gather(*(stores.mailbox.accept(message) for message in messages))
    await asyncio.gather(*(stores.mailbox.accept(message) for message in messages))
    await asyncio.gather(*(work(stores) for _ in range(4)))
    await work(stores)
    for name in ("wechat:c0", "wechat:c1", "wechat:c2"):
        lines = await stores.timeline.lines(name, 0)
        assert [line.seq for line in lines] == list(range(1, 6 + 12 + 1))


async def test_a_line_tells_who_said_it_and_what_it_answers(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    await work(stores)
    lines = await stores.timeline.lines("wechat:c1", 0)
    assert [(line.author, line.message_id, line.message.text) for line in lines] == [
        (Author.CUSTOMER, "m1", "text of m1"),
        (Author.BOT, "m1", "one"),
        (Author.BOT, "m1", "two"),
    ]
    assert {line.at for line in lines} == {stores.clock.now()}
    assert lines[0].at.tzinfo is not None


async def test_a_reader_goes_on_where_it_stopped(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    await work(stores)
    assert [line.seq for line in await stores.timeline.lines("wechat:c1", 1)] == [2, 3]
    assert await stores.timeline.lines("wechat:c1", 3) == ()
    assert await stores.timeline.lines("wechat:nobody", 0) == ()


async def test_a_line_is_there_before_the_turn_and_events_have_none(
    stores: LedgerUnderTest,
) -> None:
    await stores.mailbox.accept(inbound("a", content=Arrival()))
    await stores.mailbox.accept(inbound("v", content=Unreadable(what="voice")))
    lines = await stores.timeline.lines("wechat:c1", 0)
    assert [(line.seq, line.message.text) for line in lines] == [(1, "[voice]")]


async def test_a_rating_is_a_line_of_the_customer_without_words(stores: LedgerUnderTest) -> None:
    rate = Rate(answers="m1", article="weilidai/early-repayment", solved=True)
    await stores.mailbox.accept(inbound("r", content=rate))
    (line,) = await stores.timeline.lines("wechat:c1", 0)
    assert (line.author, line.message.text, line.message.rates) == (Author.CUSTOMER, "", rate)


async def test_a_full_mailbox_writes_no_line(stores: LedgerUnderTest) -> None:
    for number in range(MOST_WAITING + 5):
        await stores.mailbox.accept(inbound(f"m{number}"))
    assert len(await stores.timeline.lines("wechat:c1", 0)) == MOST_WAITING


async def test_answers_are_none_until_the_turn_is_done(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    assert await stores.timeline.answers(inbound("m1")) is None
    await work(stores)
    answers = await stores.timeline.answers(inbound("m1"))
    assert answers is not None
    assert [answer.text for answer in answers] == ["one", "two"]
    assert await stores.timeline.answers(inbound("m1", channel="web")) is None
