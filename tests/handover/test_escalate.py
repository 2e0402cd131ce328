"""Tickets follow the turns: opened once, ended once, never guessed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tickets import SqlTickets
from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.mailbox import SqliteMailbox
from servicebot.adapters.in_sqlite.schema import SCHEMA
from servicebot.adapters.system_clock import SystemClock
from servicebot.content.content import Content
from servicebot.domain.conversation import Conversation, Identity, Owner, Task
from servicebot.domain.messages import (
    AgentAct,
    AgentVerb,
    DeskEvent,
    DeskNews,
    InboundMessage,
    MessageContent,
    Text,
)
from servicebot.domain.task import EarlyRepayment, Sum
from servicebot.domain.tickets import Departure, Priority, Reason, Ticket, TicketState
from servicebot.domain.waiting import Waiting
from servicebot.handover.escalate import Change, Escalator
from servicebot.handover.priority import priority_of, rank_of

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ASKED = Conversation(
    id="web:c",
    channel="web",
    sender="c",
    turns=1,
    identity=Identity(subject="s", display_name="陈*明"),
    task=Task(
        id="t",
        intent="loan.repay_early",
        flow="repay_early",
        state=EarlyRepayment(amount=Sum(fen=50_005)),
        begun_at=NOW,
    ),
)


def message(content: MessageContent, number: int = 1) -> InboundMessage:
    return InboundMessage(
        channel="web",
        message_id=str(number),
        conversation_id="web:c",
        sender="c",
        received_at=NOW,
        content=content,
    )


class Desk:
    """Real stores with an escalator over them."""

    def __init__(self, database: Database, sql: SqlEngine, content: Content) -> None:
        self.mailbox = SqliteMailbox(database, SystemClock())
        self.tickets = SqlTickets(sql, SystemClock())
        self.escalator = Escalator(self.tickets, content, self.mailbox)

    async def settle(
        self,
        before: Conversation,
        words: str = "转人工",
        number: int = 1,
        *,
        after: Conversation | None = None,
        **change: Any,
    ) -> Conversation:
        return await self.escalator.settle(
            before, after or before, message(Text(text=words), number), NOW, Change(**change)
        )

    async def act(self, before: Conversation, verb: AgentVerb, agent: str = "li") -> None:
        assert before.ticket_id is not None
        act = AgentAct(verb=verb, agent=agent, ticket_id=before.ticket_id)
        after = replace(before, ticket_id=None, owner=Owner.BOT)
        await self.escalator.settle(before, after, message(act, 9), NOW)

    async def only(self) -> Ticket:
        (ticket,) = await self.tickets.waiting()
        return ticket


@pytest.fixture
async def desk(tmp_path: Path, content: Content) -> AsyncIterator[Desk]:
    sql = SqlEngine(f"sqlite:///{tmp_path / 'r.db'}")
    database = Database(tmp_path / "m.db", SCHEMA)
    yield Desk(database, sql, content)
    sql.close()
    database.close()


async def test_a_ticket_holds_what_the_agent_needs(desk: Desk) -> None:
    await desk.settle(ASKED, opened=Reason.FRAUD)
    ticket = await desk.only()
    assert ticket.customer == "陈*明"
    assert ticket.subject == "s"
    assert ticket.summary == "转人工"
    assert ticket.task == "提前还款 500.05"
    assert (ticket.priority, ticket.rank) == (Priority.URGENT, 2)


async def test_a_ticket_shows_the_question_before_the_wish_for_a_person(desk: Desk) -> None:
    await desk.settle(replace(ASKED, last_words="微粒贷利率多少"), opened=Reason.CUSTOMER_ASKED)
    assert (await desk.only()).summary == "微粒贷利率多少 | 转人工"


async def test_words_that_are_themselves_the_matter_need_no_question_before(desk: Desk) -> None:
    after = replace(ASKED, last_words="被骗了")
    before = replace(ASKED, last_words="你好")
    await desk.settle(before, "被骗了", after=after, opened=Reason.FRAUD)
    assert (await desk.only()).summary == "被骗了"


async def test_a_paused_task_is_half_done_too(desk: Desk) -> None:
    paused = replace(ASKED, task=None, paused=(ASKED.task,) if ASKED.task else ())
    await desk.settle(paused, opened=Reason.COMPLAINT)
    assert (await desk.only()).task == "提前还款 500.05"


async def test_a_repeated_turn_opens_no_second_ticket(desk: Desk) -> None:
    opened = [await desk.settle(ASKED, "x", opened=Reason.COMPLAINT) for _ in range(3)]
    waiting = await desk.tickets.waiting()
    assert {after.ticket_id for after in opened} == {ticket.id for ticket in waiting}
    assert len(waiting) == 1


async def test_a_graver_reason_moves_the_ticket_forward_and_a_lesser_one_never_back(
    desk: Desk,
) -> None:
    after = await desk.settle(ASKED, opened=Reason.CUSTOMER_ASKED)
    said = replace(after, last_words="不想活了")
    for _ in range(2):
        await desk.settle(after, "不想活了", 2, after=said, raised=Reason.DISTRESS)
    raised = await desk.only()
    assert (raised.reason, raised.priority, raised.rank) == (Reason.DISTRESS, Priority.URGENT, 0)
    assert raised.summary == "不想活了"
    await desk.settle(said, "投诉", 3, raised=Reason.COMPLAINT)
    await desk.settle(said, "被骗了", 4, raised=Reason.FRAUD)
    assert (await desk.only()).reason is Reason.DISTRESS


async def test_the_desk_hears_who_the_customer_is_and_what_was_promised(desk: Desk) -> None:
    stranger = replace(ASKED, identity=Identity())
    after = await desk.settle(stranger, opened=Reason.CUSTOMER_ASKED)
    known = replace(after, identity=ASKED.identity, waiting=Waiting(promised=True))
    await desk.settle(after, "x", 2, after=known)
    ticket = await desk.only()
    assert (ticket.customer, ticket.subject, ticket.promised) == ("陈*明", "s", True)
    await desk.settle(known, "x", 3, after=replace(known, waiting=Waiting()))
    assert not (await desk.only()).promised


@pytest.mark.parametrize(
    ("verb", "state"),
    [(AgentVerb.HAND_BACK, TicketState.HANDED_BACK), (AgentVerb.CLOSE, TicketState.CLOSED)],
)
async def test_an_agents_last_act_ends_her_ticket_and_nobody_elses(
    desk: Desk, verb: AgentVerb, state: TicketState
) -> None:
    after = await desk.settle(ASKED, "x", opened=Reason.COMPLAINT)
    await desk.tickets.take(after.ticket_id, "li")
    held = replace(after, owner=Owner.PERSON)
    await desk.act(held, verb, "wang")
    found = await desk.tickets.find(after.ticket_id or "")
    assert found is not None
    assert found.state is TicketState.TAKEN
    await desk.act(held, verb)
    found = await desk.tickets.find(after.ticket_id or "")
    assert found is not None
    assert found.state is state


async def test_who_leaves_the_queue_is_not_called(desk: Desk) -> None:
    after = await desk.settle(ASKED, "x", opened=Reason.COMPLAINT)
    gone = replace(after, ticket_id=None)
    await desk.settle(after, "算了", 2, after=gone, left=Departure.GAVE_UP)
    assert await desk.tickets.waiting() == ()
    (left,) = await desk.tickets.left_since(NOW)
    assert left.departure is Departure.GAVE_UP


async def test_a_ticket_that_was_taken_while_the_customer_left_stays_with_its_agent(
    desk: Desk,
) -> None:
    after = await desk.settle(ASKED, "x", opened=Reason.COMPLAINT)
    await desk.tickets.take(after.ticket_id, "li")
    gone = replace(after, ticket_id=None)
    await desk.settle(after, "算了", 2, after=gone, left=Departure.GAVE_UP)
    assert [ticket.id for ticket in await desk.tickets.held_by("li")] == [after.ticket_id]


async def test_a_ticket_comes_back_with_its_age(desk: Desk) -> None:
    after = await desk.settle(ASKED, "x", opened=Reason.COMPLAINT)
    opened = await desk.only()
    await desk.tickets.take(after.ticket_id, "li")
    for _ in range(2):
        await desk.settle(after, "人呢", 2, returned=True)
    assert (await desk.only()).opened_at == opened.opened_at
    assert await desk.tickets.take(None, "wang") is not None


@pytest.mark.parametrize("tells", ["links", "opens a ticket"])
async def test_a_new_chat_of_the_same_customer_tells_the_old_one(desk: Desk, tells: str) -> None:
    old = await desk.settle(ASKED, opened=Reason.CUSTOMER_ASKED)
    other = replace(ASKED, id="web:d", sender="d", turns=3)
    if tells == "links":
        stranger = replace(other, identity=Identity())
        await desk.settle(stranger, "x", 2, after=other)
    else:
        await desk.settle(other, "x", 2, opened=Reason.COMPLAINT)
    claim = await desk.mailbox.claim(10)
    assert claim is not None
    assert claim.conversation_id == "web:c"
    assert claim.message.content == DeskEvent(
        news=DeskNews.SUPERSEDED, ticket_id=old.ticket_id or ""
    )


async def test_another_customers_chat_is_left_alone(desk: Desk) -> None:
    await desk.settle(ASKED, opened=Reason.CUSTOMER_ASKED)
    other = replace(ASKED, id="web:d", sender="d", identity=Identity(subject="other"))
    await desk.settle(other, "x", 2, opened=Reason.COMPLAINT)
    assert await desk.mailbox.depth() == 0


def test_danger_comes_first() -> None:
    ranks = [
        (priority_of(reason), rank_of(reason))
        for reason in (Reason.DISTRESS, Reason.THREAT, Reason.FRAUD, Reason.CARD_LOST)
    ]
    assert ranks == sorted(set(ranks))
    assert {priority for priority, _ in ranks} == {Priority.URGENT}
    assert priority_of(Reason.CUSTOMER_ASKED) is Priority.NORMAL
