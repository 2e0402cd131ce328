"""Workers: order within a conversation, faults tried again, poison ends with a person."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.sealing import SEAL

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_sqlite.ledger import SqliteLedger, open_sqlite_ledger
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.loops import running
from servicebot.content.content import Content
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.messages import Author, InboundMessage, OutboundMessage, Text
from servicebot.domain.receipts import Receipt
from servicebot.domain.tickets import Reason
from servicebot.handover.desk_reader import DeskReader, HoursBoard
from servicebot.handover.escalate import Escalator
from servicebot.ports.mailbox import Accepted, Claim, TurnResult
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.accept import Door
from servicebot.turns.bell import Bell
from servicebot.turns.edition import Edition, Editions
from servicebot.turns.give_up import Apologist
from servicebot.turns.work import Workers
from servicebot.web.desk_session import DeskSessions

Before = Callable[[str], None]


class Echo:
    """A turn that says what it heard; `before` may raise first."""

    def __init__(self, before: Before) -> None:
        self._before = before

    async def run(
        self,
        message: InboundMessage,
        state: Conversation | None,
        now: datetime,  # noqa: ARG002  the port's
    ) -> TurnResult:
        assert isinstance(message.content, Text)
        self._before(message.content.text)
        await asyncio.sleep(0)
        made = state or Conversation(id=message.conversation_id, channel="web", sender="c")
        after = replace(made, turns=made.turns + 1)
        said = OutboundMessage(name="echo", author=Author.BOT, text=message.content.text)
        receipt = Receipt(
            turn_id=f"{after.id}#{after.turns}",
            conversation_id=after.id,
            at=message.received_at,
            message=message,
            content_version="",
            model_version="",
            understanding=None,
            heard="none",
            decision="echo",
            calls=(),
            articles=(),
            replies=(said,),
            escalated=None,
            ticket_id=None,
        )
        return TurnResult(conversation=after, replies=(said,), receipt=receipt, push_at=None)


class Yard:
    """Real stores with workers over an echo."""

    def __init__(self, ledger: SqliteLedger, content: Content) -> None:
        clock = SystemClock()
        self.bell, self.metrics = Bell(), Metrics()
        self.mailbox, self.timeline, self.tickets = ledger.mailbox, ledger.timeline, ledger.tickets
        self.door = Door(self.mailbox, self.bell, self.metrics)
        sessions = DeskSessions({}, InProcessShared(clock), clock)
        desk = DeskReader(self.tickets, HoursBoard(), sessions, timedelta(minutes=10))
        self.apologist = Apologist(Escalator(content), desk, content, pushed=frozenset())
        self.clock = clock

    def workers(self, before: Before) -> Workers:
        return Workers(
            mailbox=self.mailbox,
            editions=Editions(Edition(version="", turn=Echo(before), apologist=self.apologist)),
            bell=self.bell,
            clock=self.clock,
            metrics=self.metrics,
        )

    async def say(self, conversation: str, number: int) -> Accepted:
        return await self.door.accept(
            InboundMessage(
                channel="web",
                message_id=f"{conversation}/{number}",
                conversation_id=conversation,
                sender="c",
                received_at=datetime.now(UTC),
                content=Text(text=str(number)),
            )
        )

    async def until_empty(self) -> None:
        async with asyncio.timeout(20):
            while (await self.mailbox.load()).waiting:
                await asyncio.sleep(0.02)

    async def said(self, conversation: str) -> list[str]:
        lines = await self.timeline.lines(conversation, 0)
        return [line.message.text for line in lines if line.author is Author.BOT]


@pytest.fixture
async def yard(tmp_path: Path, content: Content) -> AsyncIterator[Yard]:
    ledger = open_sqlite_ledger(tmp_path / "m.db", SystemClock(), SEAL)
    yield Yard(ledger, content)
    ledger.close()


async def test_many_conversations_keep_their_own_order(yard: Yard) -> None:
    for number in range(8):
        for conversation in range(10):
            await yard.say(f"web:{conversation}", number)
    async with running(yard.workers(lambda _: None), 6):
        await yard.until_empty()
    for conversation in range(10):
        assert await yard.said(f"web:{conversation}") == [str(n) for n in range(8)]


async def test_a_fault_is_tried_again_and_nothing_is_lost(yard: Yard) -> None:
    seen: list[str] = []

    def stumble(text: str) -> None:
        seen.append(text)
        if seen.count(text) == 1:
            raise RuntimeError("a fault of the program")

    await yard.say("web:a", 1)
    await yard.say("web:a", 2)
    async with running(yard.workers(stumble), 2):
        await yard.until_empty()
    assert await yard.said("web:a") == ["1", "2"]


async def test_a_poison_message_ends_with_an_apology_and_a_person(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servicebot.turns.work.BACK_OFF_S", (0.0, 0.0, 0.0))

    def fail(text: str) -> None:
        if text == "1":
            raise RuntimeError("always")

    await yard.say("web:a", 1)
    await yard.say("web:b", 2)
    async with running(yard.workers(fail), 2):
        await yard.until_empty()
    assert await yard.said("web:b") == ["2"]
    assert len(await yard.said("web:a")) == 1
    state = await yard.timeline.conversation("web:a")
    assert state is not None
    assert state.owner is Owner.QUEUE
    assert [ticket.reason for ticket in await yard.tickets.waiting()] == [Reason.FAULT]


async def test_a_stop_lets_the_turn_under_way_finish(yard: Yard) -> None:
    await yard.say("web:a", 1)
    async with running(yard.workers(lambda _: None), 1):
        await asyncio.sleep(0.05)
    assert await yard.said("web:a") == ["1"]


async def test_what_nobody_rang_for_is_found_within_a_moment(yard: Yard) -> None:
    async with running(yard.workers(lambda _: None), 4):
        await asyncio.sleep(0.1)
        yard.door = Door(yard.mailbox, Bell(), Metrics())  # whose ring nobody hears
        await yard.say("web:a", 1)
        async with asyncio.timeout(3):
            await yard.until_empty()


def counting_claims(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Every look into the mailbox from now on, as the lease it asked for."""
    claim, asked = yard.mailbox.claim, list[float]()

    async def counted(lease_s: float) -> Claim | None:
        asked.append(lease_s)
        return await claim(lease_s)

    monkeypatch.setattr(yard.mailbox, "claim", counted)
    return asked


async def test_a_message_does_not_send_all_workers_to_the_store(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servicebot.turns.work.POLL_S", 60.0)
    asked = counting_claims(yard, monkeypatch)
    async with running(yard.workers(lambda _: None), 8):
        await asyncio.sleep(0.1)
        asked.clear()
        await yard.say("web:a", 1)
        await yard.until_empty()
        await asyncio.sleep(0.1)
        assert len(asked) == 2  # the message, and then nothing more


async def test_idle_workers_look_no_more_often_than_one_would(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servicebot.turns.work.POLL_S", 0.1)
    asked = counting_claims(yard, monkeypatch)
    async with running(yard.workers(lambda _: None), 8):
        await asyncio.sleep(0.2)
        asked.clear()
        await asyncio.sleep(1)
        assert 1 <= len(asked) <= 11
