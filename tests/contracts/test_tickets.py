"""What every ticket store promises."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.contracts.adapters import RecordStores
from tests.contracts.examples import AT

from servicebot.domain.tickets import Departure, Priority, Reason, Ticket, TicketState
from servicebot.domain.understanding import Language


def ticket(name: str, *, priority: Priority = Priority.NORMAL, after_s: float = 0.0) -> Ticket:
    return Ticket(
        id=name,
        conversation_id=f"wechat:{name}",
        channel="wechat",
        sender=name,
        customer="*小明",
        language=Language.ZH,
        reason=Reason.CUSTOMER_ASKED,
        priority=priority,
        summary="转人工 🙂",
        task=None,
        opened_at=AT + timedelta(seconds=after_s),
    )


async def test_a_ticket_comes_back_as_it_was_opened(archive: RecordStores) -> None:
    await archive.tickets.open(ticket("t1"))
    assert await archive.tickets.find("t1") == ticket("t1")
    assert await archive.tickets.waiting() == (ticket("t1"),)
    assert await archive.tickets.find("t2") is None


async def test_opening_twice_changes_nothing(archive: RecordStores) -> None:
    await archive.tickets.open(ticket("t1"))
    taken = await archive.tickets.take("t1", "小王")
    await archive.tickets.open(replace(ticket("t1"), summary="other"))
    assert await archive.tickets.find("t1") == taken
    assert await archive.tickets.waiting() == ()


async def test_the_most_urgent_is_next_and_among_equals_the_oldest(archive: RecordStores) -> None:
    await archive.tickets.open(ticket("normal-old", after_s=1))
    await archive.tickets.open(ticket("normal-new", after_s=5))
    await archive.tickets.open(ticket("high", priority=Priority.HIGH, after_s=3))
    await archive.tickets.open(ticket("urgent-new", priority=Priority.URGENT, after_s=4))
    await archive.tickets.open(ticket("urgent-old", priority=Priority.URGENT, after_s=2))
    wanted = ["urgent-old", "urgent-new", "high", "normal-old", "normal-new"]
    assert [one.id for one in await archive.tickets.waiting()] == wanted
    taken = [await archive.tickets.take(None, "小王") for _ in range(6)]
    assert [one.id if one is not None else None for one in taken] == [*wanted, None]


async def test_a_taken_ticket_names_its_agent_and_the_instant(archive: RecordStores) -> None:
    await archive.tickets.open(ticket("t1"))
    taken = await archive.tickets.take(None, "小王")
    assert taken is not None
    assert (taken.state, taken.agent) == (TicketState.TAKEN, "小王")
    assert taken.taken_at == archive.clock.now()
    assert taken.taken_at is not None
    assert taken.taken_at.tzinfo is not None
    assert await archive.tickets.held_by("小王") == (taken,)
    assert await archive.tickets.held_by("小李") == ()


async def test_a_hundred_agents_share_forty_tickets_and_no_ticket_has_two(
    archive: RecordStores,
) -> None:
    for number in range(40):
        await archive.tickets.open(ticket(f"t{number:02}", after_s=number))
    taken = await asyncio.gather(*(archive.tickets.take(None, f"a{n}") for n in range(100)))
    given = [(one.id, one.agent) for one in taken if one is not None]
    assert len(given) == len({name for name, _ in given}) == 40
    assert len({agent for _, agent in given}) == 40


async def test_a_hundred_agents_cannot_take_one_ticket(archive: RecordStores) -> None:
    await archive.tickets.open(ticket("t1"))
    taken = await asyncio.gather(*(archive.tickets.take("t1", f"a{n}") for n in range(100)))
    assert len([one for one in taken if one is not None]) == 1


async def test_a_ticket_that_is_gone_cannot_be_taken(archive: RecordStores) -> None:
    assert await archive.tickets.take("nobody", "小王") is None
    await archive.tickets.open(ticket("t1"))
    await archive.tickets.end("t1", TicketState.LEFT)
    assert await archive.tickets.take("t1", "小王") is None
    assert await archive.tickets.take(None, "小王") is None


@pytest.mark.parametrize("end", [TicketState.CLOSED, TicketState.HANDED_BACK, TicketState.LEFT])
async def test_an_ended_ticket_stays_ended(archive: RecordStores, end: TicketState) -> None:
    await archive.tickets.open(ticket("t1"))
    await archive.tickets.take("t1", "小王")
    await archive.tickets.end("t1", end)
    ended = await archive.tickets.find("t1")
    assert ended is not None
    assert (ended.state, ended.ended_at, ended.agent) == (end, archive.clock.now(), "小王")
    assert await archive.tickets.held_by("小王") == ()
    archive.clock.advance(60)
    for other in (TicketState.CLOSED, TicketState.HANDED_BACK, TicketState.LEFT):
        await archive.tickets.end("t1", other)
    assert await archive.tickets.find("t1") == ended


async def test_an_agent_sees_the_oldest_of_their_tickets_first(archive: RecordStores) -> None:
    for number in range(3):
        await archive.tickets.open(ticket(f"t{number}", after_s=number))
    for name in ("t2", "t0", "t1"):
        archive.clock.advance(1)
        await archive.tickets.take(name, "小王")
    assert [one.id for one in await archive.tickets.held_by("小王")] == ["t2", "t0", "t1"]


async def test_within_a_priority_the_rank_stands_before_the_age(archive: RecordStores) -> None:
    for after_s, (name, rank) in enumerate([("fraud", 2), ("threat", 1), ("distress", 0)]):
        urgent = ticket(name, priority=Priority.URGENT, after_s=after_s)
        await archive.tickets.open(replace(urgent, rank=rank))
    wanted = ["distress", "threat", "fraud"]
    assert [one.id for one in await archive.tickets.waiting()] == wanted
    taken = await archive.tickets.take(None, "小王")
    assert taken is not None
    assert taken.id == "distress"


async def test_what_is_told_about_a_ticket_changes_its_place_and_nothing_else(
    archive: RecordStores,
) -> None:
    await archive.tickets.open(ticket("old"))
    await archive.tickets.open(ticket("new", after_s=5))
    graver = replace(
        *(ticket("new", priority=Priority.URGENT, after_s=99),),
        reason=Reason.DISTRESS,
        rank=0,
        summary="不想活了",
        subject="s-1",
        promised=True,
        state=TicketState.CLOSED,
    )
    for _ in range(2):
        await archive.tickets.amend(graver)
    first, _ = await archive.tickets.waiting()
    opened_at = ticket("new", after_s=5).opened_at
    assert first == replace(graver, opened_at=opened_at, state=TicketState.WAITING)


async def test_a_ticket_that_is_held_can_be_amended_and_stays_held(archive: RecordStores) -> None:
    await archive.tickets.open(ticket("t1"))
    taken = await archive.tickets.take("t1", "小王")
    await archive.tickets.amend(replace(ticket("t1"), reason=Reason.FRAUD))
    assert taken is not None
    assert await archive.tickets.find("t1") == replace(taken, reason=Reason.FRAUD)


async def test_an_ended_ticket_is_not_amended_and_an_unknown_one_is_not_made(
    archive: RecordStores,
) -> None:
    await archive.tickets.open(ticket("t1"))
    await archive.tickets.end("t1", TicketState.CLOSED)
    ended = await archive.tickets.find("t1")
    await archive.tickets.amend(replace(ticket("t1"), reason=Reason.FRAUD))
    await archive.tickets.amend(ticket("t2"))
    assert await archive.tickets.find("t1") == ended
    assert await archive.tickets.find("t2") is None


async def test_a_ticket_that_is_given_back_waits_with_its_age_and_can_be_taken(
    archive: RecordStores,
) -> None:
    await archive.tickets.open(ticket("t1"))
    await archive.tickets.open(ticket("t2", after_s=5))
    await archive.tickets.take("t1", "小王")
    await archive.tickets.give_back("t1", "小李")
    assert [one.id for one in await archive.tickets.held()] == ["t1"]
    for _ in range(2):
        await archive.tickets.give_back("t1", "小王")
    assert await archive.tickets.waiting() == (ticket("t1"), ticket("t2", after_s=5))
    taken = await archive.tickets.take(None, "小李")
    assert taken is not None
    assert (taken.id, taken.agent) == ("t1", "小李")


async def test_who_leaves_is_gone_but_a_ticket_that_was_taken_stays_with_its_agent(
    archive: RecordStores,
) -> None:
    for name in ("t1", "t2"):
        await archive.tickets.open(ticket(name))
    await archive.tickets.take("t2", "小王")
    assert await archive.tickets.leave("t1", Departure.SUPERSEDED)
    assert not await archive.tickets.leave("t1", Departure.GAVE_UP)
    assert not await archive.tickets.leave("t2", Departure.GAVE_UP)
    assert not await archive.tickets.leave("nobody", Departure.GAVE_UP)
    (left,) = await archive.tickets.left_since(AT)
    assert (left.id, left.state, left.departure) == ("t1", TicketState.LEFT, Departure.SUPERSEDED)
    archive.clock.advance(60)
    assert await archive.tickets.left_since(archive.clock.now()) == ()
    assert [one.id for one in await archive.tickets.held_by("小王")] == ["t2"]


async def test_leaving_and_taking_at_once_have_one_winner(archive: RecordStores) -> None:
    for number in range(20):
        name = f"t{number}"
        await archive.tickets.open(ticket(name))
        left, taken = await asyncio.gather(
            archive.tickets.leave(name, Departure.GAVE_UP), archive.tickets.take(name, "小王")
        )
        assert left is (taken is None)


async def test_what_was_taken_lately_is_found_even_when_it_is_ended(archive: RecordStores) -> None:
    for number in range(3):
        await archive.tickets.open(ticket(f"t{number}", after_s=number))
    await archive.tickets.take("t0", "小王")
    archive.clock.advance(60)
    since = archive.clock.now()
    await archive.tickets.take("t1", "小王")
    await archive.tickets.end("t1", TicketState.CLOSED)
    assert [one.id for one in await archive.tickets.taken_since(since)] == ["t1"]
