"""A message that can never be handled: five tries, then a person; nobody else waits for it."""

import asyncio
from datetime import datetime, timedelta

from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import inbound, result

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.app.loops import running
from servicebot.content.content import Content
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.messages import Author, InboundMessage
from servicebot.domain.tickets import Reason
from servicebot.handover.desk_reader import DeskReader, HoursBoard
from servicebot.handover.escalate import Escalator
from servicebot.ports.mailbox import TurnResult
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.bell import Bell
from servicebot.turns.edition import Edition, Editions
from servicebot.turns.give_up import Apologist
from servicebot.turns.work import BACK_OFF_S, Workers
from servicebot.web.desk_session import DeskSessions

POISON = "poison"


class Fails:
    """A turn that fails at one message."""

    def __init__(self) -> None:
        self.tried = 0

    async def run(
        self,
        message: InboundMessage,
        state: Conversation | None,
        now: datetime,  # noqa: ARG002  the port's
    ) -> TurnResult:
        if message.message_id == POISON:
            self.tried += 1
            raise RuntimeError("always")
        return result(message, state, "said")


def workers(stores: LedgerUnderTest, turn: Fails, content: Content) -> Workers:
    sessions = DeskSessions({}, InProcessShared(stores.clock), stores.clock)
    desk = DeskReader(stores.tickets, HoursBoard(), sessions, timedelta(minutes=10))
    return Workers(
        mailbox=stores.mailbox,
        editions=Editions(
            Edition(
                version="",
                turn=turn,
                apologist=Apologist(Escalator(content), desk, content, pushed=frozenset()),
            )
        ),
        bell=Bell(),
        clock=stores.clock,
        metrics=Metrics(),
    )


async def test_a_poison_message_is_tried_then_a_person_comes_and_the_chat_goes_on(
    stores: LedgerUnderTest, content: Content
) -> None:
    turn = Fails()
    for name, chat in ((POISON, "a"), ("after", "a"), ("m1", "b"), ("m2", "b")):
        await stores.mailbox.accept(inbound(name, conversation=chat))
    async with running(workers(stores, turn, content), 2), asyncio.timeout(20):
        while (await stores.mailbox.load()).waiting:
            stores.clock.advance(1)  # the waits between tries pass
            await asyncio.sleep(0.02)
    assert turn.tried == len(BACK_OFF_S) + 1
    assert await said(stores, "b") == ["said", "said"]
    sorry, after = await said(stores, "a")
    assert sorry != "said"
    assert after == "said"
    assert [ticket.reason for ticket in await stores.tickets.waiting()] == [Reason.FAULT]


async def test_a_message_that_kills_its_worker_each_time_ends_with_a_person_too(
    stores: LedgerUnderTest, content: Content
) -> None:
    """A dead worker tells nobody that it failed: its lease runs out, which counts as a try."""
    await stores.mailbox.accept(inbound(POISON, conversation="a"))
    for tries in range(len(BACK_OFF_S) + 1):
        claim = await stores.mailbox.claim(10)
        assert claim is not None
        assert claim.tries == tries
        stores.clock.advance(11)  # the worker is gone
    turn = Fails()
    async with running(workers(stores, turn, content), 1), asyncio.timeout(20):
        while (await stores.mailbox.load()).waiting:
            await asyncio.sleep(0.02)
    assert turn.tried == 0
    state = await stores.timeline.conversation("wechat:a")
    assert state is not None
    assert state.owner is Owner.QUEUE


async def test_a_turn_that_ends_well_forgets_the_tries_before(stores: LedgerUnderTest) -> None:
    for name in ("m1", "m2"):
        await stores.mailbox.accept(inbound(name))
    assert await stores.mailbox.claim(10) is not None
    stores.clock.advance(11)
    claim = await stores.mailbox.claim(10)
    assert claim is not None
    await stores.mailbox.commit(claim, result(claim.message, None, "said"))
    again = await stores.mailbox.claim(10)
    assert again is not None
    assert again.tries == 0


async def said(stores: LedgerUnderTest, chat: str) -> list[str]:
    lines = await stores.timeline.lines(f"wechat:{chat}", 0)
    return [line.message.text for line in lines if line.author is Author.BOT]
