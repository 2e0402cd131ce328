"""What every ticket store promises."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.contracts.adapters import RecordStores
from tests.contracts.examples import AT

from servicebot.domain.tickets import Priority, Reason, Ticket, TicketState
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
