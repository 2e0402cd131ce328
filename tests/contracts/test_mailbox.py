"""What every mailbox promises."""

import asyncio
from dataclasses import replace

import pytest
from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import inbound, result

from servicebot.domain.errors import StaleClaimError
from servicebot.domain.messages import (
    AgentAct,
    AgentVerb,
    Arrival,
    MessageContent,
    Rate,
    Text,
    Unreadable,
)
from servicebot.ports.mailbox import MOST_WAITING, Accepted, Claim

LEASE_S = 10.0


async def claimed(stores: LedgerUnderTest) -> Claim:
    claim = await stores.mailbox.claim(LEASE_S)
    assert claim is not None
    return claim


async def finish(stores: LedgerUnderTest, *texts: str) -> Claim:
    claim = await claimed(stores)
    await stores.mailbox.commit(claim, result(claim.message, claim.state, *texts))
    return claim


async def test_fifty_copies_at_once_are_accepted_once(stores: LedgerUnderTest) -> None:
    outcomes = await asyncio.gather(*(stores.mailbox.accept(inbound("m1")) for _ in range(50)))
    assert sorted(outcomes) == [Accepted.DUPLICATE] * 49 + [Accepted.NEW]
    assert (await stores.mailbox.load()).waiting == 1


async def test_a_copy_is_known_after_its_turn_is_done(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    await finish(stores)
    assert await stores.mailbox.accept(inbound("m1")) is Accepted.DUPLICATE
    assert await stores.mailbox.claim(LEASE_S) is None


async def test_the_same_id_in_two_channels_is_two_messages(stores: LedgerUnderTest) -> None:
    assert await stores.mailbox.accept(inbound("m1", channel="wechat")) is Accepted.NEW
    assert await stores.mailbox.accept(inbound("m1", channel="web")) is Accepted.NEW


async def test_a_full_conversation_refuses_and_takes_the_same_message_later(
    stores: LedgerUnderTest,
) -> None:
    for number in range(MOST_WAITING):
        assert await stores.mailbox.accept(inbound(f"m{number}")) is Accepted.NEW
    assert await stores.mailbox.accept(inbound("late")) is Accepted.FULL
    assert await stores.mailbox.accept(inbound("m3")) is Accepted.DUPLICATE
    assert await stores.mailbox.accept(inbound("other", conversation="c2")) is Accepted.NEW
    await finish(stores)
    assert await stores.mailbox.accept(inbound("late")) is Accepted.NEW


@pytest.mark.parametrize(
    "content",
    [
        Text(text="还款 🙂 \u2028"),
        Unreadable(what="voice"),
        Arrival(),
        Rate(answers="m0", article="weilidai/early-repayment", solved=False),
        AgentAct(verb=AgentVerb.SAY, agent="小王", ticket_id="t1", text="您好"),
    ],
)
async def test_a_message_is_handed_out_as_it_came(
    stores: LedgerUnderTest, content: MessageContent
) -> None:
    message = inbound("m1", content=content)
    await stores.mailbox.accept(message)
    claim = await claimed(stores)
    assert claim.message == message
    assert claim.conversation_id == message.conversation_id
    assert claim.state is None
    assert claim.tries == 0


async def test_messages_of_a_conversation_keep_their_order(stores: LedgerUnderTest) -> None:
    ids = [f"m{number}" for number in range(10)]
    for message_id in ids:
        await stores.mailbox.accept(inbound(message_id))
    assert [(await finish(stores)).message.message_id for _ in ids] == ids


async def test_the_state_goes_from_turn_to_turn(stores: LedgerUnderTest) -> None:
    for number in range(3):
        await stores.mailbox.accept(inbound(f"m{number}"))
    turns = [(await finish(stores)).state for _ in range(3)]
    assert [state.turns if state is not None else None for state in turns] == [None, 1, 2]


async def test_a_conversation_is_claimed_once_at_a_time(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    await stores.mailbox.accept(inbound("m2"))
    claims = await asyncio.gather(*(stores.mailbox.claim(LEASE_S) for _ in range(20)))
    assert len([claim for claim in claims if claim is not None]) == 1


async def test_conversations_are_claimed_side_by_side(stores: LedgerUnderTest) -> None:
    for number in range(20):
        await stores.mailbox.accept(inbound(f"m{number}", conversation=f"c{number}"))
    claims = await asyncio.gather(*(stores.mailbox.claim(LEASE_S) for _ in range(25)))
    names = [claim.conversation_id for claim in claims if claim is not None]
    assert len(names) == len(set(names)) == 20


async def test_who_waits_longest_is_next_and_a_flood_does_not_hold_others_up(
    stores: LedgerUnderTest,
) -> None:
    for number in range(5):
        await stores.mailbox.accept(inbound(f"a{number}", conversation="a"))
    stores.clock.advance(1)
    await stores.mailbox.accept(inbound("b0", conversation="b"))
    stores.clock.advance(1)
    order = [(await finish(stores)).message.message_id for _ in range(3)]
    assert order == ["a0", "b0", "a1"]


async def test_a_lease_that_ran_out_is_taken_over_with_a_higher_token(
    stores: LedgerUnderTest,
) -> None:
    await stores.mailbox.accept(inbound("m1"))
    first = await claimed(stores)
    stores.clock.advance(LEASE_S - 1)
    assert await stores.mailbox.claim(LEASE_S) is None
    stores.clock.advance(2)
    second = await claimed(stores)
    assert second.message == first.message
    assert second.token > first.token


async def test_a_renewed_lease_holds_longer(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    first = await claimed(stores)
    stores.clock.advance(LEASE_S - 1)
    assert await stores.mailbox.renew(first, LEASE_S)
    stores.clock.advance(LEASE_S - 1)
    assert await stores.mailbox.claim(LEASE_S) is None
    stores.clock.advance(2)
    await claimed(stores)
    assert not await stores.mailbox.renew(first, LEASE_S)


async def test_a_late_commit_is_refused_and_stores_nothing(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    late = await claimed(stores)
    stores.clock.advance(LEASE_S + 1)
    newer = await claimed(stores)
    with pytest.raises(StaleClaimError):
        await stores.mailbox.commit(late, result(late.message, None, "late"))
    assert await stores.timeline.answers(inbound("m1")) is None
    assert await stores.timeline.conversation("wechat:c1") is None
    assert await stores.outbox.claim_delivery(LEASE_S) is None
    assert not await stores.unrecorded.unrecorded(10)
    assert len(await stores.timeline.lines("wechat:c1", 0)) == 1
    await stores.mailbox.commit(newer, result(newer.message, None, "in time"))
    with pytest.raises(StaleClaimError):
        await stores.mailbox.commit(late, result(late.message, None, "late"))
    answers = await stores.timeline.answers(inbound("m1"))
    assert answers is not None
    assert [answer.text for answer in answers] == ["in time"]


async def test_a_commit_for_another_place_is_refused(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    await stores.mailbox.accept(inbound("m2"))
    claim = await claimed(stores)
    with pytest.raises(StaleClaimError):
        await stores.mailbox.commit(
            replace(claim, position=claim.position + 1), result(claim.message, None)
        )
    assert (await stores.mailbox.load()).waiting == 2


async def test_a_commit_twice_is_refused_the_second_time(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    claim = await finish(stores, "once")
    with pytest.raises(StaleClaimError):
        await stores.mailbox.commit(claim, result(claim.message, None, "twice"))
    assert len(await stores.timeline.lines("wechat:c1", 0)) == 2


async def test_a_commit_stores_everything_together(stores: LedgerUnderTest) -> None:
    message = inbound("m1")
    await stores.mailbox.accept(message)
    claim = await claimed(stores)
    done = result(message, None, "one", "two", push_at=stores.clock.now())
    await stores.mailbox.commit(claim, done)
    assert await stores.timeline.conversation("wechat:c1") == done.conversation
    assert await stores.timeline.answers(inbound("m1")) == done.replies
    assert [line.message.text for line in await stores.timeline.lines("wechat:c1", 0)] == [
        "text of m1",
        "one",
        "two",
    ]
    assert tuple(await stores.unrecorded.unrecorded(10)) == (done.receipt,)
    delivery = await stores.outbox.claim_delivery(LEASE_S)
    assert delivery is not None
    assert delivery.message == done.replies[0]
    assert (await stores.mailbox.load()).waiting == 0


async def test_a_failed_message_waits_and_counts_its_tries(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    await stores.mailbox.accept(inbound("m2"))
    for tries in range(4):
        claim = await claimed(stores)
        assert (claim.message.message_id, claim.tries) == ("m1", tries)
        await stores.mailbox.fail(claim, 2.0)
        assert await stores.mailbox.claim(LEASE_S) is None
        stores.clock.advance(2.1)
    await finish(stores)
    assert (await claimed(stores)).tries == 0


async def test_a_new_message_does_not_shorten_the_wait_after_a_failure(
    stores: LedgerUnderTest,
) -> None:
    await stores.mailbox.accept(inbound("m1"))
    await stores.mailbox.fail(await claimed(stores), 5.0)
    await stores.mailbox.accept(inbound("m2"))
    assert await stores.mailbox.claim(LEASE_S) is None
    await stores.mailbox.accept(inbound("n1", conversation="c2"))
    assert (await claimed(stores)).message.message_id == "n1"


async def test_who_lost_the_lease_cannot_give_the_message_back(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    late = await claimed(stores)
    stores.clock.advance(LEASE_S + 1)
    newer = await claimed(stores)
    await stores.mailbox.fail(late, 0.0)
    assert await stores.mailbox.claim(LEASE_S) is None
    await stores.mailbox.commit(newer, result(newer.message, None))


async def test_a_heartbeat_after_the_commit_does_not_lock_the_conversation(
    stores: LedgerUnderTest,
) -> None:
    await stores.mailbox.accept(inbound("m1"))
    claim = await finish(stores)
    assert not await stores.mailbox.renew(claim, LEASE_S)
    await stores.mailbox.accept(inbound("m2"))
    assert (await claimed(stores)).message.message_id == "m2"


async def test_giving_back_after_the_commit_changes_nothing(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    await stores.mailbox.fail(await finish(stores), 0.0)
    assert await stores.mailbox.claim(LEASE_S) is None
    await stores.mailbox.accept(inbound("m2"))
    assert (await claimed(stores)).tries == 0


async def test_many_workers_handle_everything_once_and_in_order(stores: LedgerUnderTest) -> None:
    wanted = {f"c{c}": [f"c{c}m{m}" for m in range(6)] for c in range(8)}

    async def say(name: str) -> None:
        for message_id in wanted[name]:
            await stores.mailbox.accept(inbound(message_id, conversation=name))

    await asyncio.gather(*(say(name) for name in wanted))
    seen: dict[str, list[str]] = {name: [] for name in wanted}

    async def worker() -> None:
        while (claim := await stores.mailbox.claim(LEASE_S)) is not None:
            seen[claim.message.sender].append(claim.message.message_id)
            await stores.mailbox.commit(claim, result(claim.message, claim.state, "ok"))

    while (await stores.mailbox.load()).waiting:
        await asyncio.gather(*(worker() for _ in range(6)))
    assert seen == wanted
