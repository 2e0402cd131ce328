"""What every outbox promises."""

import asyncio
from datetime import timedelta

from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import inbound, result

from servicebot.ports.outbox import Delivery, Fate

LEASE_S = 30.0


async def say(
    stores: LedgerUnderTest,
    message_id: str,
    *texts: str,
    conversation: str = "c1",
    in_s: float = 0.0,
) -> None:
    """One turn that says `texts`, to be pushed after `in_s` seconds."""
    message = inbound(message_id, conversation=conversation)
    await stores.mailbox.accept(message)
    claim = await stores.mailbox.claim(LEASE_S)
    assert claim is not None
    push_at = stores.clock.now() + timedelta(seconds=in_s)
    await stores.mailbox.commit(claim, result(message, claim.state, *texts, push_at=push_at))


async def next_one(stores: LedgerUnderTest) -> Delivery:
    delivery = await stores.outbox.claim_delivery(LEASE_S)
    assert delivery is not None
    return delivery


async def take(stores: LedgerUnderTest, message_id: str) -> list[str] | None:
    taken = await stores.outbox.take_replies(inbound(message_id), LEASE_S)
    return None if taken is None else [delivery.message.text for delivery in taken]


async def drain(stores: LedgerUnderTest) -> list[str]:
    texts = []
    while (delivery := await stores.outbox.claim_delivery(LEASE_S)) is not None:
        texts.append(delivery.message.text)
        await stores.outbox.delivered(delivery)
    return texts


async def test_a_delivery_says_all_a_sender_needs(stores: LedgerUnderTest) -> None:
    await say(stores, "m1", "one", "two")
    first = await next_one(stores)
    assert (first.channel, first.recipient, first.conversation_id) == ("wechat", "c1", "wechat:c1")
    assert (first.reply_to, first.reply_to_rank, first.tries) == ("m1", 0, 0)
    await stores.outbox.delivered(first)
    assert (await next_one(stores)).reply_to_rank == 1


async def test_nothing_is_pushed_before_its_time(stores: LedgerUnderTest) -> None:
    await say(stores, "m1", "one", in_s=4.6)
    assert await stores.outbox.claim_delivery(LEASE_S) is None
    stores.clock.advance(4.7)
    assert (await next_one(stores)).message.text == "one"


async def test_what_a_page_reads_itself_is_never_pushed(stores: LedgerUnderTest) -> None:
    message = inbound("m1")
    await stores.mailbox.accept(message)
    claim = await stores.mailbox.claim(LEASE_S)
    assert claim is not None
    await stores.mailbox.commit(claim, result(message, None, "one", push_at=None))
    assert await stores.outbox.claim_delivery(LEASE_S) is None
    assert await take(stores, "m1") == []


async def test_deliveries_of_a_conversation_keep_their_order(stores: LedgerUnderTest) -> None:
    await say(stores, "m1", "a", "b")
    await say(stores, "m2", "c")
    assert await drain(stores) == ["a", "b", "c"]
    assert await drain(stores) == []


async def test_one_delivery_of_a_conversation_is_under_way_at_a_time(
    stores: LedgerUnderTest,
) -> None:
    await say(stores, "m1", "a", "b")
    await say(stores, "n1", "x", conversation="c2")
    claims = await asyncio.gather(*(stores.outbox.claim_delivery(LEASE_S) for _ in range(10)))
    assert sorted(claim.message.text for claim in claims if claim is not None) == ["a", "x"]


async def test_what_stands_behind_a_postponed_one_waits_too(stores: LedgerUnderTest) -> None:
    await say(stores, "m1", "a", "b")
    await say(stores, "n1", "x", conversation="c2")
    await stores.outbox.postpone(await next_one(stores), 5.0)
    assert await drain(stores) == ["x"]
    stores.clock.advance(5.1)
    again = await next_one(stores)
    assert (again.message.text, again.tries) == ("a", 1)
    await stores.outbox.delivered(again)
    assert await drain(stores) == ["b"]


async def test_a_reply_that_is_due_waits_for_an_earlier_one_that_is_not(
    stores: LedgerUnderTest,
) -> None:
    await say(stores, "m1", "a", in_s=4.6)
    await say(stores, "m2", "b")
    assert await stores.outbox.claim_delivery(LEASE_S) is None
    stores.clock.advance(5)
    assert await drain(stores) == ["a", "b"]


async def test_what_was_given_up_does_not_hold_up_the_rest(stores: LedgerUnderTest) -> None:
    await say(stores, "m1", "a", "b")
    await stores.outbox.undeliverable(await next_one(stores), "refused")
    assert await drain(stores) == ["b"]


async def test_a_sender_that_died_is_followed_by_another(stores: LedgerUnderTest) -> None:
    await say(stores, "m1", "a")
    first = await next_one(stores)
    stores.clock.advance(LEASE_S + 1)
    second = await next_one(stores)
    assert (second.id, second.message) == (first.id, first.message)
    assert second.token > first.token
    await stores.outbox.postpone(first, 999.0)
    await stores.outbox.undeliverable(first, "too late")
    await stores.outbox.delivered(second)
    stores.clock.advance(1000)
    assert await drain(stores) == []


async def test_replies_are_not_taken_before_the_turn_is_done(stores: LedgerUnderTest) -> None:
    assert await take(stores, "m1") is None
    await stores.mailbox.accept(inbound("m1"))
    assert await take(stores, "m1") is None


async def test_replies_are_taken_in_order_and_not_pushed(stores: LedgerUnderTest) -> None:
    await say(stores, "m1", "a", "b", in_s=4.6)
    taken = await stores.outbox.take_replies(inbound("m1"), LEASE_S)
    assert taken is not None
    assert [delivery.message.text for delivery in taken] == ["a", "b"]
    for delivery in taken:
        await stores.outbox.delivered(delivery)
    stores.clock.advance(3600)
    assert await drain(stores) == []
    assert await take(stores, "m1") == []


async def test_a_turn_that_says_nothing_leaves_nothing_to_take(stores: LedgerUnderTest) -> None:
    await say(stores, "m1")
    assert await take(stores, "m1") == []


async def test_fifty_takers_at_once_have_one_winner(stores: LedgerUnderTest) -> None:
    await say(stores, "m1", "a", "b")
    taken = await asyncio.gather(*(take(stores, "m1") for _ in range(50)))
    assert sorted(taken, key=str) == sorted([["a", "b"], *([[]] * 49)], key=str)


async def test_the_response_and_the_push_have_one_winner(stores: LedgerUnderTest) -> None:
    for number in range(20):
        await say(stores, f"m{number}", "a", conversation=f"c{number}")
        pushed, taken = await asyncio.gather(
            stores.outbox.claim_delivery(LEASE_S), take(stores, f"m{number}")
        )
        assert (pushed is not None) + len(taken or []) == 1


async def test_taken_replies_that_were_never_written_are_pushed_when_the_lease_ends(
    stores: LedgerUnderTest,
) -> None:
    await say(stores, "m1", "a", "b")
    assert await take(stores, "m1") == ["a", "b"]
    assert await drain(stores) == []
    stores.clock.advance(LEASE_S + 1)
    assert await drain(stores) == ["a", "b"]


async def test_replies_that_are_given_back_are_pushed_at_once(stores: LedgerUnderTest) -> None:
    await say(stores, "m1", "a", "b", in_s=4.6)
    taken = await stores.outbox.take_replies(inbound("m1"), LEASE_S)
    assert taken is not None
    await stores.outbox.give_back_replies(taken)
    again = await next_one(stores)
    assert (again.message.text, again.tries) == ("a", 0)
    await stores.outbox.delivered(again)
    assert await drain(stores) == ["b"]


async def test_the_rest_is_pushed_only_after_the_part_that_was_written(
    stores: LedgerUnderTest,
) -> None:
    await say(stores, "m1", "a", "b", "c")
    taken = await stores.outbox.take_replies(inbound("m1"), LEASE_S)
    assert taken is not None
    await stores.outbox.give_back_replies(taken[1:])
    assert await drain(stores) == []
    await stores.outbox.delivered(taken[0])
    assert await drain(stores) == ["b", "c"]


async def test_giving_back_late_does_not_take_a_reply_from_its_sender(
    stores: LedgerUnderTest,
) -> None:
    await say(stores, "m1", "a")
    taken = await stores.outbox.take_replies(inbound("m1"), LEASE_S)
    assert taken is not None
    stores.clock.advance(LEASE_S + 1)
    await next_one(stores)
    await stores.outbox.give_back_replies(taken)
    assert await stores.outbox.claim_delivery(LEASE_S) is None


async def how_far(stores: LedgerUnderTest, *ids: str) -> dict[tuple[str, int], str]:
    found = await stores.outbox.pushed("wechat:c1", "wechat", ids)
    return {(one.reply_to, one.rank): one.fate.value for one in found}


async def test_how_far_each_message_is_can_be_read(stores: LedgerUnderTest) -> None:
    await say(stores, "m1", "a", "b", "c", "d")
    await say(stores, "m2", "e")
    await say(stores, "n1", "x", conversation="c2")
    ends = {"b": Fate.SWALLOWED, "c": Fate.DEAD}
    while (delivery := await stores.outbox.claim_delivery(LEASE_S)) is not None:
        text = delivery.message.text
        if text in ends:
            await stores.outbox.undeliverable(delivery, "why", ends[text])
        elif text == "d":
            await stores.outbox.postpone(delivery, 999.0)
        else:
            await stores.outbox.delivered(delivery)
    assert await how_far(stores, "m1", "m2", "n1", "unknown") == {
        ("m1", 0): "sent",
        ("m1", 1): "swallowed",
        ("m1", 2): "dead",
        ("m1", 3): "waiting",
        ("m2", 0): "waiting",
    }
    assert await how_far(stores, "m2") == {("m2", 0): "waiting"}
    assert await how_far(stores) == {}


async def test_an_end_that_came_too_late_changes_no_fate(stores: LedgerUnderTest) -> None:
    await say(stores, "m1", "a")
    first = await next_one(stores)
    stores.clock.advance(LEASE_S + 1)
    await stores.outbox.delivered(await next_one(stores))
    await stores.outbox.undeliverable(first, "too late", Fate.SWALLOWED)
    assert await how_far(stores, "m1") == {("m1", 0): "sent"}


async def test_the_passive_reply_counts_as_sent(stores: LedgerUnderTest) -> None:
    await say(stores, "m1", "a", in_s=4.6)
    taken = await stores.outbox.take_replies(inbound("m1"), LEASE_S)
    assert taken is not None
    assert await how_far(stores, "m1") == {("m1", 0): "waiting"}
    await stores.outbox.delivered(taken[0])
    assert await how_far(stores, "m1") == {("m1", 0): "sent"}
