"""Promises are kept once, and nobody is left alone for long."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.contracts.adapters import LedgerUnderTest, in_sqlite
from tests.contracts.examples import AT, inbound, result
from tests.contracts.settable_clock import SettableClock
from tests.contracts.test_tickets import leave, taken, ticket

from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.desk_facts import AgentNow, QueueState, ReadAgent, ReadQueue, Wait
from servicebot.domain.desk_hours import DeskHours, parse_week
from servicebot.domain.messages import DeskEvent, DeskNews, InboundMessage
from servicebot.domain.waiting import Held
from servicebot.handover.attend import Attendant
from servicebot.handover.desk_reader import DeskReader, HoursBoard

MORNINGS = DeskHours(week=parse_week("1-7 13:00-21:00"))  # the clock starts at 12:00
SILENCE = timedelta(minutes=10)


class Presences:
    def __init__(self) -> None:
        self.here: set[str] = set()

    async def is_here(self, agent: str) -> bool:
        return agent in self.here


class Yard:
    """Real stores, a clock that stands, and a desk that opens an hour after the start."""

    def __init__(self, stores: LedgerUnderTest) -> None:
        self.clock = stores.clock
        self.stores, self.tickets = stores, stores.tickets
        self.presence, self.board = Presences(), HoursBoard(hours=MORNINGS)

    @property
    def attendant(self) -> Attendant:
        """A new one each time: nothing is kept in memory."""
        return Attendant(
            tickets=self.tickets,
            mailbox=self.stores.mailbox,
            timeline=self.stores.timeline,
            board=self.board,
            presence=self.presence,
            clock=self.clock,
            silence=SILENCE,
        )

    @property
    def reader(self) -> DeskReader:
        return DeskReader(self.tickets, self.board, self.presence, SILENCE)

    async def news(self) -> list[InboundMessage]:
        """What waits in the mailboxes, each message once."""
        found = []
        while (claim := await self.stores.mailbox.claim(10)) is not None:
            found.append(claim.message)
            await self.stores.mailbox.commit(claim, result(claim.message, claim.state))
        return found

    async def hold(self, name: str, held: Held) -> None:
        """A conversation that is held by an agent."""
        made = taken(ticket(name), held.agent)
        state = Conversation(
            id=f"wechat:{name}",
            channel="wechat",
            sender=name,
            owner=Owner.PERSON,
            ticket=made,
            held=held,
        )
        await self.stores.mailbox.accept(inbound(f"{name}-1", conversation=name))
        claim = await self.stores.mailbox.claim(10)
        assert claim is not None
        done = replace(result(claim.message, claim.state), conversation=state, tickets=(made,))
        await self.stores.mailbox.commit(claim, done)


@pytest.fixture
async def yard(tmp_path: Path) -> AsyncIterator[Yard]:
    clock = SettableClock()
    async with in_sqlite(tmp_path, clock) as stores:
        yield Yard(stores)


async def test_a_promise_is_kept_when_the_desk_opens_and_once_over_a_restart(yard: Yard) -> None:
    await leave(yard.stores, replace(ticket("t1"), promised=True), ticket("t2"))
    await yard.attendant.keep_promises()
    assert await yard.news() == []
    yard.clock.advance(3600)
    await yard.attendant.keep_promises()
    assert await yard.news() == []
    yard.clock.advance(5)
    for _ in range(3):
        await yard.attendant.keep_promises()
    (told,) = await yard.news()
    assert told.content == DeskEvent(news=DeskNews.OPENED, ticket_id="t1")
    assert told.conversation_id == "wechat:t1"
    await yard.attendant.keep_promises()
    assert await yard.news() == []


async def test_a_promise_of_another_night_is_another_promise(yard: Yard) -> None:
    await leave(yard.stores, replace(ticket("t1"), promised=True))
    for _ in range(2):
        yard.clock.advance(24 * 3600 + 3605)
        await yard.attendant.keep_promises()
        assert len(await yard.news()) == 1


async def test_an_agent_who_says_nothing_loses_the_customer_after_a_while(yard: Yard) -> None:
    await yard.hold("t1", Held(agent="li", owes_since=AT))
    await yard.hold("t2", Held(agent="li", owes_since=None))
    yard.clock.advance(599)
    await yard.attendant.take_back_silent()
    assert await yard.news() == []
    yard.clock.advance(1)
    for _ in range(3):
        await yard.attendant.take_back_silent()
    (told,) = await yard.news()
    assert told.content == DeskEvent(news=DeskNews.AGENT_GONE, ticket_id="t1", owed_since=AT)


async def test_who_signs_out_everywhere_loses_all_she_holds(yard: Yard) -> None:
    await yard.hold("t1", Held(agent="li", owes_since=None))
    yard.presence.here.add("li")
    assert await yard.attendant.signed_out("li") == 0
    yard.presence.here.clear()
    for _ in range(2):
        assert await yard.attendant.signed_out("li") == 1
    (told,) = await yard.news()
    assert told.content == DeskEvent(news=DeskNews.AGENT_GONE, ticket_id="t1")


async def test_the_dialogue_is_told_the_place_and_the_wait_of_the_day(yard: Yard) -> None:
    yard.clock.advance(2 * 3600)
    by_day = [ticket(f"d{number}", after_s=7200) for number in range(6)]
    await leave(yard.stores, *by_day, ticket("night"))
    yard.clock.advance(240)
    await leave(yard.stores, *(taken(one, after_s=7440) for one in by_day[:5]))
    await leave(yard.stores, taken(ticket("night"), after_s=7440), ticket("last", after_s=7300))
    now = yard.clock.now()
    state = await yard.reader.read(ReadQueue(ticket_id="last"), now)
    assert state == QueueState(place=2, wait=Wait(least_min=4, most_min=5))
    gone = await yard.reader.read(ReadQueue(ticket_id="d0"), now + timedelta(hours=4))
    assert gone == QueueState(place=None, wait=None)


async def test_an_agent_counts_as_there_while_signed_in_or_shortly_after_taking(
    yard: Yard,
) -> None:
    call, now = ReadAgent(agent="li", since=yard.clock.now()), yard.clock.now()
    assert await yard.reader.read(call, now) == AgentNow(is_here=True)
    later = now + SILENCE
    assert await yard.reader.read(call, later) == AgentNow(is_here=False)
    assert await yard.reader.read(replace(call, since=None), now) == AgentNow(is_here=False)
    yard.presence.here.add("li")
    assert await yard.reader.read(call, later) == AgentNow(is_here=True)


async def test_until_when_and_from_when_people_serve(yard: Yard) -> None:
    now = yard.clock.now()
    shut = yard.reader.now(now)
    assert (shut.is_open, shut.opens_at) == (False, now + timedelta(hours=1))
    open_ = yard.reader.now(now + timedelta(hours=2))
    assert (open_.is_open, open_.closes_at) == (True, now + timedelta(hours=9))
